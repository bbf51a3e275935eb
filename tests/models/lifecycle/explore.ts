import fc from "fast-check";
import { commands } from "./commands.ts";
import { drain } from "./drain.ts";
import type { Command } from "./model.ts";
import { openSchool } from "./open-school.ts";
import { STARTS, TOUR } from "./starts.ts";
import type { World } from "./world.ts";

export type Start = (typeof STARTS)[number];

/** Runs so many sequences of a seed from one start, the tour first; returns how many were run to their end. */
export async function exploreLifecycle(
  world: World,
  { name, way }: Start,
  { seed, runs: numRuns }: { seed: number; runs: number },
): Promise<number> {
  let runs = 0;
  const run = async (disturbances: Iterable<Command>) => {
    const opened = await openSchool(world);
    await fc.asyncModelRun(() => opened, [...way, ...disturbances]);
    await drain(opened.model, opened.real);
    runs += 1;
  };
  await fc.assert(fc.asyncProperty(commands, run), {
    ...{ seed: seed * 1_000 + STARTS.findIndex((start) => start.name === name), numRuns, examples: [[TOUR]] },
  });
  return runs;
}

import fc from "fast-check";
import { expect } from "vitest";
import type { School } from "#tests/client/school.ts";
import type { Deployment } from "#tests/deployment/deployment.ts";
import { tusCommands } from "./commands.ts";
import { type Model, TusEndpoint } from "./endpoint.ts";

/** Runs so many sequences of a seed; returns how many were run to their end. */
export async function exploreTus(
  deployment: Deployment,
  school: School,
  { seed, runs: numRuns }: { seed: number; runs: number },
): Promise<number> {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(tusCommands, async (commands) => {
      const endpoint = new TusEndpoint(deployment, school);
      const model: Model = { uploads: [], created: 0 };
      try {
        await fc.asyncModelRun(() => ({ model, real: endpoint }), commands);
        for (const { name, content, received } of model.uploads) {
          expect((await endpoint.head(name)).offset).toBe(received);
          expect((await endpoint.stored(name)).equals(content.subarray(0, received))).toBe(true);
        }
      } finally {
        for (const { name } of model.uploads) await endpoint.remove(name);
        runs += 1;
      }
    }),
    {
      ...{ seed, numRuns, endOnFailure: true },
    },
  );
  return runs;
}

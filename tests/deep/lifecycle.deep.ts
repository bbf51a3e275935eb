import { expect } from "vitest";
import { listMissing } from "#tests/models/lifecycle/coverage.ts";
import { exploreLifecycle } from "#tests/models/lifecycle/explore.ts";
import { STARTS } from "#tests/models/lifecycle/starts.ts";
import { openWorld } from "#tests/models/lifecycle/world.ts";
import { deep, exploreSeeds } from "./deep.ts";

const RUNS_PER_START = 4;

deep(
  "whatever is called, repeated, failed or killed, the protocol holds and no base is lost",
  async (budget) => {
    const world = await openWorld();
    try {
      await exploreSeeds(budget, "lifecycle", async ({ seed }) => {
        let runs = 0;
        for (const start of STARTS) {
          // The tour of each start is walked whatever the time: without it not every transition is made.
          const timeLimitMs = Math.max(1_000, budget.leftMs());
          runs += await exploreLifecycle(world, start, { seed, runs: RUNS_PER_START, timeLimitMs });
        }
        return runs;
      });
      expect(await listMissing(world)).toEqual([]);
    } finally {
      await world.close();
    }
  },
);

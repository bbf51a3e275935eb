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
      let isWhole = false;
      await exploreSeeds(budget, "lifecycle", async ({ seed }) => {
        let runs = 0;
        for (const start of STARTS) {
          if (budget.leftMs() === 0) return runs;
          runs += await exploreLifecycle(world, start, { seed, runs: RUNS_PER_START });
        }
        isWhole = true;
        return runs;
      });
      // Once all starts were gone from, every transition was made.
      if (isWhole) expect(await listMissing(world)).toEqual([]);
    } finally {
      await world.close();
    }
  },
);

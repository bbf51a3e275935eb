import { afterAll, beforeAll, expect, test } from "vitest";
import { listMissing } from "./coverage.ts";
import { exploreLifecycle } from "./explore.ts";
import { STARTS } from "./starts.ts";
import { openWorld, type World } from "./world.ts";

const SEED = 1;
/** With the tour; `npm run test:deep -- --only=lifecycle` goes through as many as there is time for. */
const RUNS_PER_START = 2;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test.each(STARTS)(
  "from $name: whatever is called, repeated, failed or killed, the protocol holds and no base is lost",
  async (start) => {
    const runs = await exploreLifecycle(world, start, { seed: SEED, runs: RUNS_PER_START });
    expect(runs).toBeGreaterThanOrEqual(RUNS_PER_START);
  },
);

test("every state was reached and every transition made", async () => {
  expect(await listMissing(world)).toEqual([]);
});

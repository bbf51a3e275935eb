import { expect, test } from "vitest";
import { useDeposit } from "#tests/hosting/use-deposit.ts";
import { exploreDeposit } from "./explore.ts";

const RUNS = 100;

test("whatever is sent, cut, repeated, removed or left to expire, the record is what was acknowledged", async () => {
  const deposit = await useDeposit();
  expect(await exploreDeposit(deposit, { seed: 1, runs: RUNS })).toBeGreaterThanOrEqual(RUNS);
});

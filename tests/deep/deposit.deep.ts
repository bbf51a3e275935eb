import { useDeposit } from "#tests/hosting/use-deposit.ts";
import { exploreDeposit } from "#tests/models/deposit/explore.ts";
import { deep, exploreSeeds } from "./deep.ts";

deep(
  "whatever is sent, cut, repeated, removed or left to expire, the record is what was acknowledged",
  async (budget) => {
    const deposit = await useDeposit();
    await exploreSeeds(budget, "deposit", ({ seed }) => exploreDeposit(deposit, { seed, runs: 50 }));
  },
);

import fc from "fast-check";
import type { DepositTest } from "#tests/hosting/use-deposit.ts";
import { depositCommands } from "./commands.ts";
import { checkDeposit, type Model } from "./world.ts";

/** Runs so many sequences of a seed; returns how many were run to their end. */
export async function exploreDeposit(
  deposit: DepositTest,
  { seed, runs: numRuns }: { seed: number; runs: number },
): Promise<number> {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(depositCommands, async (commands) => {
      const model: Model = { uploads: [], gone: [], created: 0, hours: 0 };
      await fc.asyncModelRun(() => ({ model, real: { deposit } }), commands);
      await checkDeposit(model, deposit);
      for (const { id } of model.uploads) await deposit.remove(id);
      runs += 1;
    }),
    { seed, numRuns },
  );
  return runs;
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { useDeposit } from "#hosting/deposit/testing/use-deposit.ts";
import { depositCommands } from "./commands.ts";
import { checkDeposit, type Model } from "./world.ts";

// DEPOSIT_MODEL_SEED explores other sequences, DEPOSIT_MODEL_RUNS as many as wanted.
const seed = Number(process.env.DEPOSIT_MODEL_SEED ?? 1);
const numRuns = Number(process.env.DEPOSIT_MODEL_RUNS ?? 300);

test(`whatever is sent, cut, repeated, removed or left to expire, the record is what was acknowledged (seed ${seed}, ${numRuns} runs)`, async () => {
  const deposit = await useDeposit();
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
  expect(runs).toBeGreaterThanOrEqual(numRuns);
}, 600_000);

import { expect, test } from "vitest";
import { runCrash } from "./crash-run.ts";

// CRASH_SEED explores other moments; `npm run harness:crash -- --kills=1000` is the long run.
const seed = Number(process.env.CRASH_SEED ?? 7);

test(`No acknowledged byte is lost and no deposit completes twice when processes are killed at random (50 kills, seed ${seed})`, async () => {
  const report = await runCrash({ kills: 50, seed });
  expect(report).toMatchObject({ lostBytes: 0, stuckFiles: 0, alteredFiles: 0, wrongCompletions: 0 });
  expect(report.deposits).toBeGreaterThan(0);
}, 1_200_000);

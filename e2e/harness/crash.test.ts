import { expect, test } from "vitest";
import { runCrash } from "./crash-run.ts";

test("No acknowledged byte is lost and no deposit completes twice when processes are killed at random", async () => {
  const report = await runCrash({ kills: 50, seed: 7 });
  expect(report).toMatchObject({ lostBytes: 0, stuckFiles: 0, alteredFiles: 0, wrongCompletions: 0 });
  expect(report.deposits).toBeGreaterThan(0);
}, 600_000);

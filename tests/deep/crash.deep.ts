import { expect } from "vitest";
import { runCrash } from "./crash/crash-run.ts";
import { deep } from "./deep.ts";

deep(
  "no acknowledged byte is lost and no deposit completes twice when processes are killed at random",
  async (budget) => {
    const { seed, print } = budget;
    const report = await runCrash({ seed, isOver: () => budget.leftMs() === 0 });
    const { server, worker, postgres } = report.killed;
    print(`crash: seed ${seed}`);
    print(`  killed                       ${server} × server, ${worker} × worker, ${postgres} × PostgreSQL`);
    print(`  deposits, files, bytes       ${report.deposits}, ${report.files}, ${report.sentBytes}`);
    print(`  acknowledged bytes lost      ${report.lostBytes}`);
    print(`  longest wait for a byte      ${(report.longestWaitMs / 1000).toFixed(0)} s`);
    print(`  uploads that could not go on ${report.stuckFiles}`);
    print(`  files not as they were sent  ${report.alteredFiles}`);
    print(`  deposits not completed once  ${report.wrongCompletions}`);
    print(`  seconds                      ${report.seconds.toFixed(0)}`);
    expect(report).toMatchObject({ lostBytes: 0, stuckFiles: 0, alteredFiles: 0, wrongCompletions: 0 });
    expect(report.deposits).toBeGreaterThan(0);
  },
);

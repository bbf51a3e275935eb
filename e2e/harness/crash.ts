import { parseArgs } from "node:util";
import { runCrash } from "./crash-run.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
process.stdout.write(`crash: ${kills} kills, seed ${seed}\n`);
const report = await runCrash({ kills, seed });
const { server, worker, postgres } = report.killed;
process.stdout.write(
  [
    `killed                       ${server} × server, ${worker} × worker, ${postgres} × PostgreSQL`,
    `deposits, files, bytes       ${report.deposits}, ${report.files}, ${report.sentBytes}`,
    `acknowledged bytes lost      ${report.lostBytes}`,
    `longest wait for a byte      ${(report.longestWaitMs / 1000).toFixed(0)} s`,
    `uploads that could not go on ${report.stuckFiles}`,
    `files not as they were sent  ${report.alteredFiles}`,
    `deposits not completed once  ${report.wrongCompletions}`,
    `seconds                      ${report.seconds.toFixed(0)}`,
    "",
  ].join("\n"),
);
const isRight = report.lostBytes + report.stuckFiles + report.alteredFiles + report.wrongCompletions === 0;
process.exitCode = isRight ? 0 : 1;

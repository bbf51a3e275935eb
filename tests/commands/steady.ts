// npm run test:steady -- --times=5 --busy=2: npm test, again and again, while other programs want the processor, too.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { type PartResult, runPart, toMinutes } from "./run-part.ts";

const { values } = parseArgs({
  options: { times: { type: "string", default: "5" }, busy: { type: "string", default: "2" } },
});
const times = Number(values.times);
const busyCount = Number(values.busy);
if (!(Number.isSafeInteger(times) && times > 0 && Number.isSafeInteger(busyCount) && busyCount >= 0)) {
  console.error("usage: npm run test:steady -- [--times=5] [--busy=2]");
  process.exit(2);
}
const busy = Array.from({ length: busyCount }, keepBusy);
const runs: PartResult[] = [];
try {
  for (let nth = 1; nth <= times; nth += 1) {
    const run = await runPart(`run ${nth}`, ["node", "tests/commands/test.ts"]);
    runs.push(run);
    console.log(`\nRun ${nth} of ${times}, beside ${busy.length} busy processes: ${tell(run)}`);
  }
} finally {
  for (const child of busy) {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
}
console.log("");
for (const run of runs) console.log(`${run.name}: ${tell(run)}`);
const failed = runs.filter(({ isRight }) => !isRight).length;
console.log(failed === 0 ? `Green ${times} times.` : `${failed} of ${times} failed.`);
process.exitCode = failed === 0 ? 0 : 1;

/** Takes a processor, all of it but for a look now and then: it ends when we are gone, however we went. */
const BUSY = `
process.stdin.on("close", () => process.exit()).resume();
(function work() {
  for (const until = Date.now() + 50; Date.now() < until; );
  setImmediate(work);
})();`;

function keepBusy(): ChildProcess {
  return spawn(process.execPath, ["-e", BUSY], { stdio: ["pipe", "ignore", "inherit"] });
}

function tell({ isRight, seconds }: PartResult): string {
  return `${isRight ? "green" : "FAILED"}, ${toMinutes(seconds)}`;
}

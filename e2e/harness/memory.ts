import { parseArgs } from "node:util";
import { startDeployment } from "#e2e/deployment/deployment.ts";
import { HttpConnection, repeatBlock } from "./connection.ts";
import { memoryOf } from "./process-usage.ts";
import { createUpload, openSchool, patchHeaders, removeUpload } from "./school.ts";
import { mib } from "./sizes.ts";

/** The first uploads warm the process up: growth counts from the second. */
const WARM_UP_UPLOADS = 1;
const GOAL_BYTES = 64 * 1024 ** 2;

const { values } = parseArgs({
  options: { uploads: { type: "string", default: "20" }, gib: { type: "string", default: "2" } },
});
const uploadCount = Number(values.uploads);
const sizeBytes = Number(values.gib) * 1024 ** 3;

say(`memory: ${uploadCount} uploads of ${values.gib} GiB, one after another (nothing random, hence no seed)`);
const deployment = await startDeployment();
try {
  const school = await openSchool(deployment, 1);
  const pid = deployment.pidOf("server");
  say(`before        ${mib(memoryOf(pid).residentBytes)}`);
  const after: number[] = [];
  for (let upload = 1; upload <= uploadCount; upload += 1) {
    const { path } = await createUpload(deployment, school, { fileName: "data.zip", sizeBytes });
    const connection = await HttpConnection.open(deployment.url);
    const answer = await connection.send({
      ...{ method: "PATCH", path, headers: patchHeaders(school.key, 0) },
      ...{ bodyBytes: sizeBytes, body: repeatBlock(sizeBytes) },
    });
    connection.close();
    if (answer.status !== 204) throw new Error(`${answer.status} ${answer.body}`);
    await removeUpload(deployment, school, path);
    const { residentBytes, peakBytes } = memoryOf(pid);
    after.push(residentBytes);
    say(`after ${String(upload).padStart(3)}     ${mib(residentBytes)}, peak ${mib(peakBytes)}`);
  }
  const [first = 0] = after.slice(WARM_UP_UPLOADS);
  const growthBytes = (after.at(-1) ?? 0) - first;
  say(`growth from the second to the last: ${mib(growthBytes)} (goal: under ${mib(GOAL_BYTES)})`);
  process.exitCode = growthBytes < GOAL_BYTES ? 0 : 1;
} finally {
  await deployment.stop();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

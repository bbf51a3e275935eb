import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWaitingSchool } from "#tests/client/school.ts";
import { createUpload, offsetOf, openPart, readDeposit, readOffset, sendPart } from "#tests/client/tus.ts";
import { waitUntil } from "#tests/client/wait-until.ts";
import { type Deployment, findFreePort, startDeployment } from "#tests/deployment/deployment.ts";

const START_TIMEOUT_MS = 60_000;
const PART_BYTES = 100_000;

let deployment: Deployment;
let second: { url: string; child: ChildProcess };
beforeAll(async () => {
  deployment = await startDeployment();
  second = await startSecondServer(deployment);
});
afterAll(async () => {
  const ended = once(second.child, "exit");
  second.child.kill("SIGTERM");
  await ended;
  await deployment.stop();
});

test("a file under way at one server goes on at another one, and the first sender is sent away", async () => {
  const school = await createWaitingSchool(deployment);
  const elsewhere = { ...school, server: second };
  const content = Buffer.alloc(2 * PART_BYTES, "bcdi");
  const file = await createUpload(school, content.length);
  const stalled = openPart(school, file, { offset: 0, sizeBytes: content.length });
  await stalled.write(content.subarray(0, PART_BYTES));
  await waitUntil("the rest to be taken at the other server", async () => {
    const offset = await readOffset(elsewhere, file);
    const answer = await sendPart(elsewhere, file, offset, content.subarray(offset));
    // What was sent elsewhere may have been received between our question and our part: then we ask again.
    if (answer.status === 409) return null;
    expect([answer.status, offsetOf(answer)]).toEqual([204, content.length]);
    return answer;
  });
  stalled.cut();
  expect([undefined, 423]).toContain((await stalled.answer)?.status);
  expect((await readDeposit(school)).files).toMatchObject([{ status: "received", received: content.length }]);
});

/** Another server on the same database and the same folder, as a second machine would run it. */
async function startSecondServer({ dataDirectory }: Deployment): Promise<typeof second> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const read = (file: string) => readFileSync(join(dataDirectory, "postgres", file), "utf8").trim();
  const child = spawn(process.execPath, [join(import.meta.dirname, "..", "..", "server.ts")], {
    stdio: "ignore",
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: "production", DATA_DIR: dataDirectory },
      ...{ PORT: String(port), PUBLIC_URL: url },
      DATABASE_URL: `postgresql://postgres:${read("password")}@127.0.0.1:${read("port")}/bcdi`,
    },
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const isReady = await fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return { url, child };
    await wait(100);
  }
  child.kill("SIGKILL");
  throw new Error("the second server did not become ready");
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Deployment, findFreePort, startDeployment } from "#e2e/deployment/deployment.ts";
import { type Answer, ConnectionLost, type Exchange, HttpConnection } from "#e2e/harness/connection.ts";
import { processorSeconds } from "#e2e/harness/process-usage.ts";
import { createUpload, openSchool, patchHeaders, tusHeaders } from "#e2e/harness/school.ts";

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

test("A file under way at one server goes on at another one within a second, which does not spin for it", async () => {
  const school = await openSchool(deployment, 1);
  const content = Buffer.alloc(2 * PART_BYTES, "bcdi");
  const { path } = await createUpload(deployment, school, {
    fileName: "data.zip",
    sizeBytes: content.length,
  });
  const there = await HttpConnection.open(deployment.url);
  const here = await HttpConnection.open(second.url);
  const { promise: isSent, resolve: tellSent } = Promise.withResolvers<void>();
  const { promise: isOver, resolve: release } = Promise.withResolvers<void>();
  async function* stall() {
    yield content.subarray(0, PART_BYTES);
    tellSent();
    await isOver;
  }
  const stalled = there
    .send({
      ...{ method: "PATCH", path, headers: patchHeaders(school.key, 0) },
      ...{ bodyBytes: content.length, body: stall() },
    })
    .catch((failure: unknown) => {
      if (failure instanceof ConnectionLost) return null;
      throw failure;
    });
  await isSent;

  const processorBefore = processorSeconds(second.child.pid ?? 0);
  let longestMs = 0;
  const timed = async (exchange: Exchange) => {
    const startedAt = performance.now();
    const answer = await here.send(exchange);
    longestMs = Math.max(longestMs, performance.now() - startedAt);
    return answer;
  };
  let ended: Answer;
  do {
    const asked = await timed({ method: "HEAD", path, headers: tusHeaders(school.key) });
    const offset = Number(asked.headers.get("upload-offset"));
    const [headers, rest] = [patchHeaders(school.key, offset), content.subarray(offset)];
    ended = await timed({ method: "PATCH", path, headers, bodyBytes: rest.length, body: [rest] });
    // What was sent elsewhere may have been received between our question and our part: then we ask again.
  } while (ended.status === 409);
  expect([ended.status, ended.headers.get("upload-offset")]).toEqual([204, String(content.length)]);
  expect(longestMs).toBeLessThan(1_000);
  expect(processorSeconds(second.child.pid ?? 0) - processorBefore).toBeLessThan(0.5);
  release();
  expect([null, 423]).toContain((await stalled)?.status ?? null);
  there.close();
  here.close();
}, 60_000);

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

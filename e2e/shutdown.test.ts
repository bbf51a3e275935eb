import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { waitUntil } from "#e2e/api/wait-until.ts";
import { findFreePort } from "#e2e/deployment/deployment.ts";
import { isRunning, startProcess, waitUntilReady } from "#e2e/deployment/started.ts";
import { type Answer, HttpConnection } from "#e2e/harness/connection.ts";
import {
  type Address,
  createUpload,
  openSchool,
  patchHeaders,
  readDeposit,
  type School,
} from "#e2e/harness/school.ts";

const UPLOADS = 50;
const FILES_PER_SCHOOL = 16;
const SIZE_BYTES = 2_000_000;
const SENT_BYTES = 300_000;

interface Sending {
  readonly school: School;
  readonly connection: HttpConnection;
  readonly answer: Promise<Answer>;
}

test("fifty live uploads do not hold a shutdown up: each is told to come back, keeps what it has, and goes on", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "bcdi-shutdown-"));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () => startProcess({ PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDirectory });
  let started = start();
  onTestFinished(async () => {
    started.kill("SIGTERM");
    await started.ended;
    rmSync(dataDirectory, { recursive: true, force: true });
  });
  await waitUntilReady(url);
  const { PLATFORM_KEY = "" }: Record<string, string> = JSON.parse(
    readFileSync(join(dataDirectory, "secrets.json"), "utf8"),
  );
  const address = { url, platformKey: PLATFORM_KEY };

  const sendings: Sending[] = [];
  const { promise: isOver, resolve: release } = Promise.withResolvers<void>();
  for (let index = 0; index < UPLOADS; index += 1) sendings.push(await begin(address, sendings, isOver));
  const server = Number(readFileSync(join(dataDirectory, "run", "server.pid"), "utf8"));
  started.kill("SIGTERM");
  expect(await started.ended).toBe(0);
  expect(isRunning(server)).toBe(false);
  release();
  const answers = await Promise.all(sendings.map(({ answer }) => answer));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
  for (const { headers } of answers) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);

  started = start();
  await waitUntilReady(url);
  for (const school of new Set(sendings.map((sending) => sending.school))) {
    const { files } = await readDeposit(address, school);
    for (const { id, received } of files) {
      // No more than was sent; the rest goes on from there.
      expect(received).toBeLessThanOrEqual(SENT_BYTES);
      const path = `/api/v1/establishments/${school.rne}/bases/${id}`;
      const connection = await HttpConnection.open(url);
      const rest = SIZE_BYTES - received;
      const done = await connection.send({
        ...{ method: "PATCH", path, headers: patchHeaders(school.key, received) },
        ...{ bodyBytes: rest, body: [Buffer.alloc(rest, "b")] },
      });
      expect(done.status, done.body).toBe(204);
      connection.close();
    }
  }
  await waitUntil("every file to be whole", async () => {
    const schools = [...new Set(sendings.map((sending) => sending.school))];
    const deposits = await Promise.all(schools.map((school) => readDeposit(address, school)));
    return deposits.every(({ files }) => files.every(({ status }) => status === "received")) ? true : null;
  });
}, 300_000);

/** One more upload that sends its first bytes, and then nothing until the test is over. */
async function begin(address: Address, earlier: readonly Sending[], isOver: Promise<void>): Promise<Sending> {
  const number = Math.floor(earlier.length / FILES_PER_SCHOOL) + 1;
  const known = earlier[(number - 1) * FILES_PER_SCHOOL]?.school;
  const school = known ?? (await openSchool(address, number));
  const fileName = `base${earlier.length}.zip`;
  const { path } = await createUpload(address, school, { fileName, sizeBytes: SIZE_BYTES });
  const connection = await HttpConnection.open(address.url);
  const { promise: isSent, resolve: tellSent } = Promise.withResolvers<void>();
  async function* stall() {
    yield Buffer.alloc(SENT_BYTES, "b");
    tellSent();
    await isOver;
  }
  const answer = connection.send({
    ...{ method: "PATCH", path, headers: patchHeaders(school.key, 0) },
    ...{ bodyBytes: SIZE_BYTES, body: stall() },
  });
  await Promise.race([isSent, answer]);
  return { school, connection, answer };
}

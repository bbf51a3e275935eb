import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Answer } from "#tests/client/http-connection.ts";
import { createWaitingSchool, type School, type Server } from "#tests/client/school.ts";
import { createUpload, openPart, readDeposit, sendPart } from "#tests/client/tus.ts";
import { findFreePort, makeDataDirectory } from "#tests/deployment/deployment.ts";
import { isRunning, startProcess, waitUntilReady } from "#tests/deployment/started.ts";

const UPLOADS = 50;
const FILES_PER_SCHOOL = 16;
const SIZE_BYTES = 2_000_000;
const SENT_BYTES = 300_000;

interface Sending {
  readonly school: School;
  readonly answer: Promise<Answer | null>;
}

test("fifty live uploads do not hold a shutdown up: each is told to come back, keeps what it has, and goes on", async () => {
  const dataDirectory = makeDataDirectory();
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
  for (let index = 0; index < UPLOADS; index += 1) sendings.push(await begin(address, sendings));
  const schools = [...new Set(sendings.map((sending) => sending.school))];
  const server = Number(readFileSync(join(dataDirectory, "run", "server.pid"), "utf8"));
  started.kill("SIGTERM");
  expect(await started.ended).toBe(0);
  expect(isRunning(server)).toBe(false);
  const answers = await Promise.all(sendings.map(({ answer }) => answer));
  expect(answers.map((answer) => answer?.status)).toEqual(answers.map(() => 503));
  for (const answer of answers) expect(Number(answer?.headers.get("retry-after"))).toBeGreaterThan(0);

  started = start();
  await waitUntilReady(url);
  for (const school of schools) {
    for (const { id, received } of (await readDeposit(school)).files) {
      // No more than was sent; the rest goes on from there.
      expect(received).toBeLessThanOrEqual(SENT_BYTES);
      const done = await sendPart(school, `/bases/${id}`, received, Buffer.alloc(SIZE_BYTES - received, "b"));
      expect(done.status, done.text).toBe(204);
    }
    const { files } = await readDeposit(school);
    expect(files.map(({ status }) => status)).toEqual(files.map(() => "received"));
  }
});

/** One more upload that sends its first bytes, and then nothing. */
async function begin(server: Server, earlier: readonly Sending[]): Promise<Sending> {
  const isNext = earlier.length % FILES_PER_SCHOOL === 0;
  const school = isNext ? await createWaitingSchool(server) : earlier.at(-1)?.school;
  if (!school) throw new Error("no school");
  const file = await createUpload(school, SIZE_BYTES, { filename: `base${earlier.length}.zip` });
  const part = openPart(school, file, { offset: 0, sizeBytes: SIZE_BYTES });
  await part.write(Buffer.alloc(SENT_BYTES, "b"));
  return { school, answer: part.answer };
}

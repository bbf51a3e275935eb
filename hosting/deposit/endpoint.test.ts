import { randomBytes } from "node:crypto";
import { access, mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { sweepHosting } from "#hosting/jobs/sweep.ts";
import { useDeposit } from "#tests/hosting/use-deposit.ts";

const HOUR_MS = 60 * 60 * 1000;
const PART = 60_000;

test("an address in capitals is the same file, which one request at a time writes", async () => {
  const deposit = await useDeposit();
  const id = await deposit.createFile(2 * PART);
  const first = deposit.openPatch(id, 0, 2 * PART);
  first.write(randomBytes(PART));
  await expect.poll(() => deposit.countLocks()).toBeGreaterThan(0);
  // It takes over, whatever the letters: the first one is asked to stop, and both know one offset.
  const asked = await deposit.head(id.toUpperCase());
  expect((await first.answer).status).toBe(423);
  expect(asked).toMatchObject({ status: 200, offset: (await deposit.head(id)).offset });
});

test("a lock session that PostgreSQL ends stops its uploads at their offset, and no lock is left behind", async () => {
  const deposit = await useDeposit();
  const { db } = deposit.context;
  const endSessions = () => db.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
      AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  const bytes = randomBytes(6 * PART);
  const id = await deposit.createFile(bytes.length);
  let offset = 0;
  for (let round = 1; round <= 5; round += 1) {
    const patch = deposit.openPatch(id, offset, bytes.length - offset);
    patch.write(bytes.subarray(offset, offset + PART));
    await expect.poll(async () => (await deposit.countLocks()) > 0).toBe(true);
    // Others come and go on the same session meanwhile.
    const others = Array.from({ length: 4 }, (_, index) =>
      deposit.createFile(100, `other${round}-${index}.zip`),
    );
    await endSessions();
    await Promise.allSettled(others);
    expect([423, 503]).toContain((await patch.answer).status);
    offset = (await deposit.head(id)).offset ?? -1;
    expect(offset).toBeGreaterThanOrEqual(0);
    for (const file of await deposit.listFiles())
      if (file.id !== id) await db.baseFile.delete({ where: { id: file.id } });
  }
  expect(await deposit.patch(id, offset, bytes.subarray(offset))).toMatchObject({ status: 204 });
  expect(await readFile(deposit.pathOf(id))).toEqual(bytes);
  await expect.poll(() => deposit.countLocks()).toBe(0);
});

test("an upload left alone is swept with its file; one that somebody asks for, or sends, is not", async () => {
  const deposit = await useDeposit();
  const [left, asked, sent] = [
    await deposit.createFile(PART, "left.zip"),
    await deposit.createFile(PART, "asked.zip"),
    await deposit.createFile(PART, "sent.zip"),
  ];
  deposit.hosting.advance((deposit.context.settings.UPLOAD_EXPIRY_HOURS - 1) * HOUR_MS);
  await sweepHosting(deposit.context);
  expect(await deposit.listFiles()).toHaveLength(3);
  deposit.hosting.advance(2 * HOUR_MS);
  expect(await deposit.head(asked)).toMatchObject({ status: 200 });
  const bytes = randomBytes(PART);
  const patch = deposit.openPatch(sent, 0, PART);
  patch.write(bytes.subarray(0, 10));
  await expect.poll(() => deposit.countLocks()).toBeGreaterThan(0);
  await sweepHosting(deposit.context);
  patch.write(bytes.subarray(10));
  expect(await patch.answer).toMatchObject({ status: 204, offset: PART });
  expect((await deposit.listFiles()).map(({ id }) => id)).toEqual([asked, sent]);
  expect(await deposit.head(left)).toMatchObject({ status: 404 });
  await expect(access(deposit.pathOf(left))).rejects.toThrow();
  expect(await readFile(deposit.pathOf(sent))).toEqual(bytes);
});

test("a file without a record is swept once it is old, and one with a record never", async () => {
  const deposit = await useDeposit();
  const kept = await deposit.createFile(PART);
  const [young, old] = [crypto.randomUUID(), crypto.randomUUID()].map(deposit.pathOf);
  await mkdir(dirname(deposit.pathOf(kept)), { recursive: true });
  const longAgo = new Date(Date.now() - 25 * HOUR_MS);
  for (const path of [young, old, deposit.pathOf(kept)]) {
    await writeFile(path ?? "", "x");
    if (path !== young) await utimes(path ?? "", longAgo, longAgo);
  }
  await sweepHosting(deposit.context);
  await access(young ?? "");
  await access(deposit.pathOf(kept));
  await expect(access(old ?? "")).rejects.toThrow();
});

test("a creation that is refused, or cut, with its first bytes leaves nothing", async () => {
  const deposit = await useDeposit({ idleTimeoutMs: 300 });
  expect(await deposit.create(10, { body: randomBytes(50) })).toMatchObject({ status: 413 });
  expect(await deposit.listFiles()).toEqual([]);
  // Never whole: the limit of silence ends it.
  expect(await deposit.createCut(PART, randomBytes(100))).toMatchObject({ status: 408 });
  expect(await deposit.listFiles()).toEqual([]);
});

test("an establishment's open requests are limited, and told when to come back", async () => {
  const deposit = await useDeposit({ perEstablishment: 2 });
  const ids = [await deposit.createFile(PART, "a.zip"), await deposit.createFile(PART, "b.zip")];
  const open = ids.map((id) => deposit.openPatch(id, 0, PART));
  for (const patch of open) patch.write(randomBytes(1));
  // Both are in: a question asked before would have taken the place of one.
  await expect.poll(() => deposit.countLocks()).toBe(2);
  // Asking for one of the two would end it.
  expect((await deposit.head(crypto.randomUUID())).status).toBe(429);
  const refused = await deposit.create(PART, { fileName: "c.zip" });
  expect(refused).toMatchObject({ status: 429, retryAfter: "5" });
  for (const patch of open) patch.write(randomBytes(PART - 1));
  for (const patch of open) expect(await patch.answer).toMatchObject({ status: 204 });
  expect(await deposit.head(ids[0] ?? "")).toMatchObject({ status: 200, offset: PART });
});

test("a sender that falls silent is told so, and its file is free at the byte it reached", async () => {
  const deposit = await useDeposit({ idleTimeoutMs: 300 });
  const bytes = randomBytes(PART);
  const id = await deposit.createFile(PART);
  const silent = deposit.openPatch(id, 0, PART);
  silent.write(bytes.subarray(0, 1_000));
  expect(await silent.answer).toMatchObject({ status: 408 });
  const { offset } = await deposit.head(id);
  expect([0, 1_000]).toContain(offset);
  const rest = bytes.subarray(offset ?? 0);
  expect(await deposit.patch(id, offset ?? 0, rest)).toMatchObject({ status: 204 });
  expect(await readFile(deposit.pathOf(id))).toEqual(bytes);
});

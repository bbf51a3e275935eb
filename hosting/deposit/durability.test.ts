import { randomBytes } from "node:crypto";
import { appendFile, readFile, rename, rm, symlink } from "node:fs/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { useDeposit } from "#tests/hosting/use-deposit.ts";
import { BatchWriter } from "./batch-writer.ts";
import { UploadFile } from "./upload-file.ts";

const MIB = 1024 ** 2;

test("a byte is answered for only after it was synced, however it was written", async () => {
  const deposit = await useDeposit();
  const bytes = randomBytes(5 * MIB + 123);
  const id = await deposit.createFile(bytes.length);
  const order: string[] = [];
  for (const name of ["writeBatch", "writeChunk", "sync"] as const) {
    const real = UploadFile.prototype[name];
    const spy = vi.spyOn(UploadFile.prototype, name).mockImplementation(async function (
      this: UploadFile,
      ...given: unknown[]
    ) {
      if (name === "sync") order.push("sync begins");
      await Reflect.apply(real, this, given);
      order.push(name === "sync" ? "synced" : "written");
    });
    onTestFinished(() => spy.mockRestore());
  }
  const answer = await deposit.patch(id, 0, bytes);
  order.push("answered");
  expect(answer).toMatchObject({ status: 204, offset: bytes.length });
  // After the last write a whole sync, and after it the answer.
  expect(order.slice(order.lastIndexOf("written"))).toEqual(["written", "sync begins", "synced", "answered"]);
  expect(await readFile(deposit.pathOf(id))).toEqual(bytes);
});

test("bytes whose sync failed are never acknowledged, and are sent again", async () => {
  const deposit = await useDeposit();
  const bytes = randomBytes(3 * MIB);
  const id = await deposit.createFile(bytes.length);
  expect(await deposit.patch(id, 0, bytes.subarray(0, MIB))).toMatchObject({ status: 204, offset: MIB });
  const failing = vi
    .spyOn(UploadFile.prototype, "sync")
    .mockRejectedValue(Object.assign(new Error("i/o error"), { code: "EIO" }));
  expect((await deposit.patch(id, MIB, bytes.subarray(MIB))).status).toBe(500);
  failing.mockRestore();
  expect(await deposit.head(id)).toMatchObject({ status: 200, offset: MIB });
  expect(await deposit.patch(id, MIB, bytes.subarray(MIB))).toMatchObject({ status: 204, offset: 3 * MIB });
  expect(await readFile(deposit.pathOf(id))).toEqual(bytes);
});

test("what a killed process wrote and did not record is not believed", async () => {
  const deposit = await useDeposit();
  const bytes = randomBytes(200_000);
  const id = await deposit.createFile(bytes.length);
  await deposit.patch(id, 0, bytes.subarray(0, 50_001));
  // As a power cut may leave it: the length is there, the bytes are not.
  await appendFile(deposit.pathOf(id), Buffer.alloc(149_999));
  expect(await deposit.head(id)).toMatchObject({ offset: 50_001 });
  expect(await deposit.listFiles()).toMatchObject([{ received: 50_001, status: "receiving" }]);
  expect(await deposit.patch(id, 50_001, bytes.subarray(50_001, 60_000))).toMatchObject({ offset: 60_000 });
  expect((await readFile(deposit.pathOf(id))).length).toBe(60_000);
  expect(await deposit.patch(id, 60_000, bytes.subarray(60_000))).toMatchObject({ status: 204 });
  expect(await readFile(deposit.pathOf(id))).toEqual(bytes);
});

test("a full disk is told as such, keeps what it has, and the upload goes on when there is room", async () => {
  const deposit = await useDeposit();
  const bytes = randomBytes(700_000);
  const id = await deposit.createFile(bytes.length);
  await deposit.patch(id, 0, bytes.subarray(0, 300_000));
  // The system's own full disk: whatever is written to it fails with ENOSPC.
  const path = deposit.pathOf(id);
  await rename(path, `${path}.aside`);
  await symlink("/dev/full", path);
  const refused = await deposit.patch(id, 300_000, bytes.subarray(300_000));
  expect(refused).toMatchObject({ status: 507, retryAfter: "60" });
  expect(JSON.parse(refused.body)).toMatchObject({ code: "insufficient_storage", retryable: true });
  expect(await deposit.head(id)).toMatchObject({ status: 200, offset: 300_000 });
  await rm(path);
  await rename(`${path}.aside`, path);
  expect(await deposit.patch(id, 300_000, bytes.subarray(300_000))).toMatchObject({ status: 204 });
  expect(await readFile(path)).toEqual(bytes);
});

test("a file for which there is no room is refused at its creation, and leaves nothing", async () => {
  const deposit = await useDeposit({ settings: { UPLOAD_MAX_BYTES: 2 ** 52 } });
  const refused = await deposit.create(2 ** 51);
  expect(refused).toMatchObject({ status: 507, retryAfter: "300" });
  expect(await deposit.listFiles()).toEqual([]);
});

test("a process that leaves ends its uploads at the byte that each has reached", async () => {
  const deposit = await useDeposit();
  let takenBytes = 0;
  const push = BatchWriter.prototype.push;
  const counting = vi.spyOn(BatchWriter.prototype, "push").mockImplementation(function (
    this: BatchWriter,
    chunk: Buffer,
  ) {
    takenBytes += chunk.length;
    return push.call(this, chunk);
  });
  onTestFinished(() => counting.mockRestore());
  const sent = Array.from({ length: 16 }, (_, index) => [3, 10_000, 70_001, 300_000][index % 4] ?? 0);
  const ids: string[] = [];
  for (const index of sent.keys()) ids.push(await deposit.createFile(MIB, `base${index}.zip`));
  const patches = ids.map((id) => deposit.openPatch(id, 0, MIB));
  for (const [index, patch] of patches.entries()) patch.write(Buffer.alloc(sent[index] ?? 0, "x"));
  await expect.poll(() => takenBytes, { timeout: 20_000 }).toBe(sent.reduce((total, bytes) => total + bytes));
  deposit.leave();
  const answers = await Promise.all(patches.map(({ answer }) => answer));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
  const files = await deposit.listFiles();
  expect(files.map(({ received }) => received)).toEqual(sent);
});

test("an upload that begins while its process leaves is sent away, and keeps the bytes before it", async () => {
  const deposit = await useDeposit();
  const id = await deposit.createFile(MIB);
  await deposit.patch(id, 0, Buffer.alloc(10_000, "x"));
  deposit.leave();
  const late = deposit.openPatch(id, 10_000, MIB - 10_000);
  late.write(Buffer.alloc(3, "x"));
  expect(await late.answer).toMatchObject({ status: 503 });
  const created = await deposit.create(3, { fileName: "late.zip", body: Buffer.alloc(3, "x") });
  expect(created.status).toBe(503);
  expect(await deposit.listFiles()).toMatchObject([{ received: 10_000, status: "receiving" }]);
});

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkArchiveInChild } from "./check-in-child.ts";
import { buildZip, NOTICES } from "./fixtures.ts";
import { ArchiveRejected } from "./rejected.ts";

let folder: string;
let archivePath: string;
let extractTo: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "check-in-child-"));
  archivePath = join(folder, "data.zip");
  extractTo = join(folder, "base");
  await writeFile(archivePath, buildZip([NOTICES]));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const PIECE = Buffer.alloc(64 * 1024 * 1024);
const DEFLATED_PIECE = deflateRawSync(PIECE, { level: 1 });
const PIECE_FIELDS = { rawData: DEFLATED_PIECE, crc32: crc32(PIECE), sizeBytes: PIECE.length };

/** Large enough for the child to be stopped in the middle. */
async function writeLongArchive(): Promise<void> {
  const entries = Array.from({ length: 12 }, (_, index) => ({ name: `data/${index}.DAT`, ...PIECE_FIELDS }));
  await writeFile(archivePath, buildZip([NOTICES, ...entries]));
}

describe("the check in a process of its own", () => {
  test("answers as the check does", async () => {
    const archive = await checkArchiveInChild({ archivePath, extractTo, fileName: "x.zip" });
    expect(archive).toMatchObject({ baseName: "data", files: [{ path: "NOTICES.DAT", sizeBytes: 400 }] });
    expect(await readdir(extractTo)).toEqual(["NOTICES.DAT"]);
  });

  test("refuses as the check does", async () => {
    await writeFile(archivePath, buildZip([{ ...NOTICES, flags: 1 }]));
    const error = await checkArchiveInChild({ archivePath, extractTo }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ArchiveRejected);
    expect(error).toMatchObject({ code: "encrypted", detail: expect.stringContaining("mot de passe") });
  });

  test("obeys the given limits", async () => {
    const limits = { maxEntries: 0 };
    await expect(checkArchiveInChild({ archivePath, limits })).rejects.toMatchObject({
      code: "archive_bomb",
    });
  });

  test("does not blame the file for a fault of ours", async () => {
    const missing = checkArchiveInChild({ archivePath: join(folder, "missing.zip"), extractTo });
    await expect(missing).rejects.toMatchObject({ name: "ArchiveCheckInterrupted", code: "ENOENT" });
    await mkdir(extractTo);
    const existing = checkArchiveInChild({ archivePath, extractTo });
    await expect(existing).rejects.toMatchObject({ name: "ArchiveCheckInterrupted", code: "EEXIST" });
    expect(await readdir(folder)).toEqual(["base", "data.zip"]);
  });
});

describe("a child that must be stopped leaves nothing behind", () => {
  test("too long: the file is refused", async () => {
    await writeLongArchive();
    const checking = checkArchiveInChild({ archivePath, extractTo, childLimits: { timeoutMs: 50 } });
    await expect(checking).rejects.toMatchObject({ name: "ArchiveRejected", code: "archive_bomb" });
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });

  test("too much memory: the file is refused", async () => {
    await writeLongArchive();
    const checking = checkArchiveInChild({ archivePath, extractTo, childLimits: { memoryMib: 40 } });
    await expect(checking).rejects.toMatchObject({ name: "ArchiveRejected", code: "archive_bomb" });
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });

  test("stopped on request: the file is not to blame", async () => {
    await writeLongArchive();
    for (const delayed of [false, true]) {
      const stop = new AbortController();
      const checking = checkArchiveInChild({ archivePath, extractTo, signal: stop.signal });
      const rejected = expect(checking).rejects.toMatchObject({ name: "ArchiveCheckInterrupted" });
      if (delayed) await expect.poll(() => readdir(folder), { interval: 5 }).toContain("base");
      stop.abort();
      await rejected;
    }
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });

  test("its parent is gone: it stops and tidies up by itself", async () => {
    await writeLongArchive();
    const child = fork(new URL("./child.ts", import.meta.url), [], { execArgv: [], stdio: "ignore" });
    child.send({ options: { archivePath, extractTo }, maxRssBytes: 2 ** 40 });
    await expect.poll(() => readdir(folder), { interval: 5, timeout: 20_000 }).toContain("base");
    child.disconnect();
    await once(child, "exit");
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });
});

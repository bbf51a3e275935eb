import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { buildZip, NOTICES } from "#tests/archives/build-zip.ts";
import { checkArchiveInChild } from "./check-in-child.ts";
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
async function writeLongArchive(pieces = 15): Promise<void> {
  const entries = Array.from({ length: pieces }, (_, index) => ({
    name: `data/${index}.DAT`,
    ...PIECE_FIELDS,
  }));
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

/** The processes that check for this one. */
async function listChecks(): Promise<number[]> {
  const numbers = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    numbers.map(async (number) => {
      const read = (file: string) => readFile(`/proc/${number}/${file}`, "utf8").catch(() => "");
      const isOurs = (await read("status")).includes(`PPid:\t${process.pid}\n`);
      return isOurs && (await read("cmdline")).includes("/archive/child.ts") ? [Number(number)] : [];
    }),
  );
  return found.flat();
}

const hasBegun = () => expect.poll(() => readdir(folder), { interval: 5 }).toContain("base");

/** Kills the check in the middle of its work, from outside; returns whom it killed. */
async function killCheck(signal: NodeJS.Signals, known: number[] = []): Promise<number[]> {
  const listOthers = async () => (await listChecks()).filter((pid) => !known.includes(pid));
  await expect.poll(listOthers, { interval: 5 }).toHaveLength(1);
  await hasBegun();
  const found = await listOthers();
  for (const pid of found) process.kill(pid, signal);
  return found;
}

describe("a child that is killed from outside", () => {
  test("once: the check is done once more, and passes", async () => {
    await writeLongArchive(8);
    const checking = checkArchiveInChild({ archivePath, extractTo });
    await killCheck("SIGKILL");
    expect((await checking).files).toHaveLength(9);
    expect(await readdir(extractTo)).toHaveLength(9);
  });

  test("twice: the file is refused, and nothing is left", async () => {
    await writeLongArchive();
    const checking = checkArchiveInChild({ archivePath, extractTo });
    const rejected = expect(checking).rejects.toMatchObject({
      name: "ArchiveRejected",
      code: "archive_bomb",
    });
    await killCheck("SIGSEGV", await killCheck("SIGKILL"));
    await rejected;
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });

  test("when all of us are asked to end: the file is not to blame, and the check not begun anew", async () => {
    await writeLongArchive();
    const checking = checkArchiveInChild({ archivePath, extractTo });
    const rejected = expect(checking).rejects.toMatchObject({ name: "ArchiveCheckInterrupted" });
    await killCheck("SIGTERM");
    await rejected;
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });

  test("and then stopped on request: the file is not to blame", async () => {
    await writeLongArchive();
    const stop = new AbortController();
    const checking = checkArchiveInChild({ archivePath, extractTo, signal: stop.signal });
    const rejected = expect(checking).rejects.toMatchObject({ name: "ArchiveCheckInterrupted" });
    const known = await killCheck("SIGKILL");
    await expect.poll(listChecks, { interval: 5 }).not.toEqual(known);
    stop.abort();
    await rejected;
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });
});

describe("a child that must be stopped leaves nothing behind", () => {
  test("too long: the file is refused", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    await writeLongArchive();
    const checking = checkArchiveInChild({ archivePath, extractTo, childLimits: { timeoutMs: 3_600_000 } });
    const rejected = expect(checking).rejects.toMatchObject({
      name: "ArchiveRejected",
      code: "archive_bomb",
    });
    await hasBegun();
    vi.advanceTimersByTime(3_600_000);
    await rejected;
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
      if (delayed) await hasBegun();
      stop.abort();
      await rejected;
    }
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });

  test("its parent is gone: it stops and tidies up by itself", async () => {
    await writeLongArchive();
    const child = fork(new URL("./child.ts", import.meta.url), [], { execArgv: [], stdio: "ignore" });
    child.send({ options: { archivePath, extractTo }, maxRssBytes: 2 ** 40 });
    await hasBegun();
    child.disconnect();
    await once(child, "exit");
    expect(await readdir(folder)).toEqual(["data.zip"]);
  });
});

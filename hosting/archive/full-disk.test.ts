import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findRoomBytes } from "#hosting/free-space.ts";
import { buildZip, NOTICES } from "#tests/archives/build-zip.ts";
import { checkArchive } from "./check.ts";
import { checkArchiveInChild } from "./check-in-child.ts";
import { ArchiveRejected } from "./rejected.ts";

const MIB = 1024 * 1024;
const CONTENT = Buffer.alloc(8 * MIB, "Le Petit Prince");

let folder: string;
let archivePath: string;
let extractTo: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "full-disk-"));
  archivePath = join(folder, "data.zip");
  extractTo = join(folder, "base");
  await writeFile(archivePath, buildZip([NOTICES, { name: "data/EXEMPL.DAT", content: CONTENT }]));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("a base for which there is no room is not extracted, the file is not to blame, and nothing is left", async () => {
  const baseBytes = CONTENT.length + 400;
  const attempt = checkArchive({ archivePath, extractTo }, async () => baseBytes - 1);
  const failure = await attempt.catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: "ENOSPC" });
  expect(failure).not.toBeInstanceOf(ArchiveRejected);
  expect(await readdir(folder)).toEqual(["data.zip"]);
  await checkArchive({ archivePath, extractTo }, async () => baseBytes);
  expect(await readdir(extractTo)).toHaveLength(2);
});

test("the room is what is free on the disk of the base's folder, less a reserve for the database", async () => {
  const asked: string[] = [];
  await checkArchive({ archivePath, extractTo }, async (path) => {
    asked.push(path);
    return Infinity;
  });
  expect(asked).toEqual([folder]);
  const { bavail, bsize } = await statfs(folder);
  const reserveBytes = bavail * bsize - (await findRoomBytes(folder));
  // Others write to the disk meanwhile.
  expect(reserveBytes).toBeGreaterThan(128 * MIB);
  expect(reserveBytes).toBeLessThan(1024 * MIB);
});

test("a disk that refuses a write in the middle leaves nothing behind, and the file is not to blame", async () => {
  // The shell's limit on a file's size stands in for a full disk: the system refuses the write either way.
  const child = fork(new URL("./child.ts", import.meta.url), [], {
    execPath: "/bin/sh",
    execArgv: ["-c", 'ulimit -f 2048; exec "$0" "$@"', process.execPath],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = once(child, "exit");
  child.send({ options: { archivePath, extractTo }, maxRssBytes: 2 ** 40 });
  const [answer] = await once(child, "message");
  expect(answer).toMatchObject({ outcome: "failed", code: "EFBIG" });
  await ended;
  expect(await readdir(folder)).toEqual(["data.zip"]);
  await checkArchiveInChild({ archivePath, extractTo });
  expect(await readdir(extractTo)).toHaveLength(2);
});

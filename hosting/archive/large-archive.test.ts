import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildZip, NOTICES } from "#tests/archives/build-zip.ts";
import { writeSparse } from "#tests/archives/write-sparse.ts";
import { checkArchive } from "./check.ts";
import { checkArchiveInChild } from "./check-in-child.ts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

let folder: string;
let archivePath: string;
let extractTo: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "large-archive-"));
  archivePath = join(folder, "data.zip");
  extractTo = join(folder, "base");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function refusal(): Promise<unknown> {
  const inProcess = await checkArchive({ archivePath, extractTo }).catch((thrown: unknown) => thrown);
  expect(inProcess).toMatchObject({ name: "ArchiveRejected" });
  expect(await readdir(folder)).toEqual(["data.zip"]);
  return inProcess;
}

describe("an archive of which one part takes gigabytes is refused without reading that part whole", () => {
  test("the zip64 end record", async () => {
    const bytes = buildZip([NOTICES], { isZip64: true });
    const recordOffset = bytes.indexOf("PK\x06\x06");
    const holeBytes = 2 * GIB + MIB;
    bytes.writeBigUInt64LE(BigInt(44 + holeBytes), recordOffset + 4);
    await writeSparse(archivePath, bytes, { at: recordOffset + 56, holeBytes });
    await expect(checkArchiveInChild({ archivePath, extractTo })).rejects.toMatchObject({
      name: "ArchiveRejected",
      code: "not_an_archive",
    });
    expect(await refusal()).toMatchObject({ detail: expect.stringContaining("La fin de l’archive") });
  });

  test("the central directory", async () => {
    const holeBytes = 2 * GIB + MIB;
    const small = buildZip([NOTICES], { isZip64: true });
    const recordOffset = small.indexOf("PK\x06\x06");
    const directoryBytes = recordOffset - small.indexOf("PK\x01\x02") + holeBytes;
    const bytes = buildZip([NOTICES], { isZip64: true, directoryBytes });
    const locatorOffset = bytes.indexOf("PK\x06\x07");
    bytes.writeBigUInt64LE(BigInt(recordOffset + holeBytes), locatorOffset + 8);
    await writeSparse(archivePath, bytes, { at: recordOffset, holeBytes });
    await expect(checkArchiveInChild({ archivePath, extractTo })).rejects.toMatchObject({
      name: "ArchiveRejected",
      code: "archive_bomb",
    });
    expect(await refusal()).toMatchObject({ code: "archive_bomb" });
  });

  test("but some bytes after a zip64 end record's known fields are allowed", async () => {
    const bytes = buildZip([NOTICES], { isZip64: true });
    const recordOffset = bytes.indexOf("PK\x06\x06");
    bytes.writeBigUInt64LE(BigInt(44 + 1_000), recordOffset + 4);
    await writeSparse(archivePath, bytes, { at: recordOffset + 56, holeBytes: 1_000 });
    expect(await checkArchive({ archivePath })).toMatchObject({ baseName: "data" });
  });
});

import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkArchive } from "#hosting/archive/check.ts";
import { buildZip, NOTICES, zip64Extra } from "#tests/archives/build-zip.ts";
import { writeSparse } from "#tests/archives/write-sparse.ts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const CRC_OF_4097_MIB_OF_ZEROS = 0xc6a48b28;

test("a base that lies beyond 4 GiB, with its directory, is read there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "large-archive-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [archivePath, extractTo] = [join(folder, "data.zip"), join(folder, "base")];
  const holeBytes = 4 * GIB + MIB;
  const sizes = zip64Extra(holeBytes, holeBytes);
  const large = {
    ...{ name: "autre/ZEROS.BIN", method: 0, rawData: Buffer.alloc(0), crc32: CRC_OF_4097_MIB_OF_ZEROS },
    ...{ compressedBytes: 0xffffffff, sizeBytes: 0xffffffff, extra: sizes, headerOffset: 0 },
  };
  const at = 30 + large.name.length + sizes.length;
  const beyond = { ...NOTICES, headerOffset: 0xffffffff, centralExtra: zip64Extra(holeBytes + at) };
  await writeSparse(archivePath, buildZip([large, beyond], { isZip64: true, offsetShift: holeBytes }), {
    at,
    holeBytes,
  });
  // Outside the base, the large entry is checked and not extracted: neither file takes room on the disk.
  expect((await stat(archivePath)).blocks * 512).toBeLessThan(MIB);
  const checked = await checkArchive({ archivePath, extractTo });
  expect(checked.sizeBytes).toBeGreaterThan(4 * GIB);
  expect(checked).toMatchObject({ baseName: "data", files: [{ path: "NOTICES.DAT", sizeBytes: 400 }] });
  expect(await readdir(extractTo)).toEqual(["NOTICES.DAT"]);
  expect(await readFile(join(extractTo, "NOTICES.DAT"), "latin1")).toBe(NOTICES.content);
}, 180_000);

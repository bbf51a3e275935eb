import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { buildZip, NOTICES, zip64Extra } from "#tests/archives/build-zip.ts";
import { tryArchive, tryEntries } from "#tests/hosting/try-archive.ts";

const GOOD = buildZip([NOTICES, { name: "data/EXEMPL.DAT", content: "1\r\n".repeat(50) }]);

async function expectRefused(bytes: Buffer, code: string): Promise<void> {
  const outcome = await tryArchive(bytes);
  expect(outcome.code).toBe(code);
  expect(outcome.left).toEqual([]);
}

describe("what is not an archive is told apart from what is a part of one", () => {
  test.each([
    ["an empty file", Buffer.alloc(0), "not_an_archive"],
    ["text", Buffer.from("Bonjour, voici la base."), "not_an_archive"],
    ["zeros", Buffer.alloc(100_000), "not_an_archive"],
    ["RAR", Buffer.from("Rar!\x1a\x07\x00 and then some more bytes"), "not_an_archive"],
    ["one byte", Buffer.from("P"), "truncated"],
    ["cut in the first header", GOOD.subarray(0, 20), "truncated"],
    ["cut in the first entry", GOOD.subarray(0, 60), "truncated"],
    ["cut in the directory", GOOD.subarray(0, GOOD.length - 60), "truncated"],
    ["cut in the end record", GOOD.subarray(0, GOOD.length - 1), "truncated"],
    ["cut in its comment", buildZip([NOTICES], { comment: Buffer.alloc(9) }).subarray(0, -3), "truncated"],
    ["end replaced by zeros", Buffer.concat([GOOD.subarray(0, 80), Buffer.alloc(70_000)]), "truncated"],
  ])("%s", async (_label, bytes, code) => {
    await expectRefused(bytes, code);
  });

  test("cut just after an archive that it holds", async () => {
    const inner = buildZip([{ name: "a", content: "a" }]);
    const bytes = buildZip([NOTICES, { name: "data/a.zip", content: inner, method: 0 }]);
    const innerEnd = bytes.indexOf(inner) + inner.length;
    await expectRefused(bytes.subarray(0, innerEnd), "truncated");
    await expectRefused(bytes.subarray(0, innerEnd + 10), "truncated");
  });
});

describe("an archive that two programs could read in two ways is refused", () => {
  test("bytes before it", async () => {
    await expectRefused(buildZip([NOTICES], { prefix: Buffer.from("MZ program") }), "not_an_archive");
    const known = { prefix: Buffer.from("MZ program"), offsetShift: 10 };
    await expectRefused(buildZip([NOTICES], known), "not_an_archive");
  });

  test("another archive before it", async () => {
    const known = { prefix: GOOD, offsetShift: GOOD.length };
    await expectRefused(buildZip([NOTICES], known), "not_an_archive");
    await expectRefused(Buffer.concat([GOOD, GOOD]), "truncated");
  });

  test("bytes after it", async () => {
    await expectRefused(buildZip([NOTICES], { trailer: Buffer.from("more") }), "not_an_archive");
  });

  test("two end records", async () => {
    await expectRefused(Buffer.concat([GOOD, GOOD.subarray(-22)]), "truncated");
    const comment = GOOD.subarray(-22);
    await expectRefused(buildZip([NOTICES], { comment }), "not_an_archive");
    const outer = Buffer.from(GOOD);
    outer.writeUInt16LE(22, outer.length - 2);
    const both = Buffer.concat([outer, buildZip([], { directoryOffset: outer.length })]);
    await expectRefused(both, "not_an_archive");
  });

  test("an announced count, size or place of the directory that is not the real one", async () => {
    await expectRefused(buildZip([NOTICES, NOTICES], { entryCount: 1 }), "not_an_archive");
    await expectRefused(buildZip([NOTICES], { entryCount: 2 }), "not_an_archive");
    await expectRefused(buildZip([NOTICES], { directoryBytes: 10 }), "truncated");
    await expectRefused(buildZip([NOTICES], { directoryOffset: 1_000_000 }), "truncated");
  });

  test("zip64 markers without zip64 values", async () => {
    const marked = { ...NOTICES, compressedBytes: 0xffffffff, sizeBytes: 0xffffffff };
    await expectRefused(buildZip([marked]), "truncated");
    await expectRefused(buildZip([{ ...marked, extra: zip64Extra() }]), "not_an_archive");
    const lost = buildZip([NOTICES], { isZip64: true });
    lost.writeBigUInt64LE(3n, lost.length - 22 - 12);
    await expectRefused(lost, "not_an_archive");
  });

  test("a local header that contradicts the directory", async () => {
    for (const [local, code] of [
      [{ name: "data/NOTICES.DOT" }, "unsafe_entry"],
      [{ name: "data/NOTICES.DAT2" }, "unsafe_entry"],
      [{ method: 0 }, "crc_mismatch"],
      [{ crc32: 1 }, "crc_mismatch"],
      [{ sizeBytes: 1 }, "crc_mismatch"],
      [{ compressedBytes: 1 }, "crc_mismatch"],
      [{ flags: 1 }, "encrypted"],
    ] as const) {
      await expectRefused(buildZip([{ ...NOTICES, local }]), code);
    }
  });
});

describe("contents that are not those announced are refused", () => {
  const big = Buffer.alloc(3_000_000, "TI Le Grand Meaulnes\r\n");

  test.each([
    ["a wrong CRC-32", { content: "abc", crc32: 1 }, "crc_mismatch"],
    ["a wrong CRC-32 of a stored entry", { content: "abc", method: 0, crc32: 1 }, "crc_mismatch"],
    ["a wrong CRC-32 of a large entry", { content: big, crc32: 1 }, "crc_mismatch"],
    ["more bytes than announced", { content: "abc", sizeBytes: 2 }, "archive_bomb"],
    ["many more bytes than announced", { content: big, sizeBytes: 2_000_000 }, "archive_bomb"],
    ["fewer bytes than announced", { content: "abc", sizeBytes: 4 }, "crc_mismatch"],
    ["far fewer bytes than announced", { content: big, sizeBytes: 4_000_000 }, "crc_mismatch"],
    ["a stored entry of two sizes", { content: "abc", method: 0, sizeBytes: 4 }, "crc_mismatch"],
    [
      "bytes that deflate cannot have written",
      { rawData: Buffer.from("ÿÿÿÿ"), sizeBytes: 9 },
      "crc_mismatch",
    ],
    ["the same in a large entry", { rawData: Buffer.alloc(900_000, 0xff), sizeBytes: 9 }, "crc_mismatch"],
    ["no data where some are announced", { rawData: Buffer.alloc(0), sizeBytes: 9 }, "crc_mismatch"],
  ])("%s", async (_label, entry, code) => {
    const outcome = await tryEntries([{ name: "data/A.DAT", ...entry }]);
    expect(outcome.code).toBe(code);
    expect(outcome.detail).toContain("data/A.DAT");
    expect(outcome.left).toEqual([]);
  });

  test("bytes after the end of the deflated data, next to it or far behind", async () => {
    for (const extraBytes of [1, 400_000, 4_000_000]) {
      const rawData = Buffer.concat([deflateRawSync("abc"), Buffer.alloc(extraBytes)]);
      const outcome = await tryEntries([{ name: "data/A.DAT", content: "abc", rawData }]);
      expect(outcome.code).toBe("crc_mismatch");
      expect(outcome.left).toEqual([]);
    }
  });

  test("another SHA-256 than expected, whatever else is wrong", async () => {
    const sha256 = createHash("sha256").update(GOOD).digest("hex");
    expect((await tryArchive(GOOD, { expectedSha256: sha256.toUpperCase() })).code).toBe("accepted");
    for (const bytes of [buildZip([NOTICES]), GOOD.subarray(0, 100), Buffer.from("x")]) {
      const outcome = await tryArchive(bytes, { expectedSha256: sha256 });
      expect(outcome.code).toBe("sha256_mismatch");
      expect(outcome.left).toEqual([]);
    }
  });
});

describe("an archive that is not one base is refused", () => {
  test("no entry at all", async () => {
    await expectRefused(buildZip([]), "not_a_bcdi_base");
  });

  test("no NOTICES.DAT", async () => {
    await expectRefused(buildZip([{ name: "data/EXEMPL.DAT" }, { name: "NOTICES.DAT/" }]), "not_a_bcdi_base");
  });

  test("several bases, and the sentence names them", async () => {
    const outcome = await tryArchive(buildZip([NOTICES, { name: "manuels/NOTICES.DAT" }]));
    expect(outcome.code).toBe("not_a_bcdi_base");
    expect(outcome.detail).toMatch(/plusieurs bases.*data.*manuels/);
    expect(outcome.left).toEqual([]);
  });
});

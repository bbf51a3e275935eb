import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { buildZip, type FixtureEntry, NOTICES, unixMode, zip64Extra } from "#tests/archives/build-zip.ts";
import { tryArchive } from "#tests/hosting/try-archive.ts";

const GIB = 1024 ** 3;

async function expectBomb(bytes: Buffer): Promise<void> {
  const before = process.cpuUsage();
  const outcome = await tryArchive(bytes);
  expect(outcome.code).toBe("archive_bomb");
  expect(outcome.left).toEqual([]);
  // Of this process alone: what else the machine does is nothing to it.
  expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
}

/** An entry that announces far more than it holds. */
function announcing(name: string, sizeBytes: number): FixtureEntry {
  const rawData = Buffer.alloc(Math.min(100_000, Math.ceil(sizeBytes / 1000)));
  const sizes = zip64Extra(sizeBytes);
  return { name, rawData, sizeBytes: 0xffffffff, extra: sizes, externalAttributes: unixMode(0o100644) };
}

describe("an archive that would fill the disk is refused before it is unfolded", () => {
  test("100,000 entries", async () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => ({ name: `data/${index}`, method: 0 }));
    await expectBomb(buildZip([NOTICES, ...entries], { isZip64: true }));
  });

  test("entries that share the same bytes, all in the directory only", async () => {
    const kernel = { name: "data/A.DAT", content: Buffer.alloc(1_000_000) };
    const headerOffset = buildZip([NOTICES]).indexOf("PK\x01\x02");
    const quoting = Array.from({ length: 250 }, () => ({ ...kernel, headerOffset, isMissingLocally: true }));
    const named = quoting.map((entry, index) => ({ ...entry, name: `data/${index}.DAT` }));
    await expectBomb(buildZip([NOTICES, kernel, ...named]));
  });

  test("entries whose data quote the headers of the next ones", async () => {
    const inner = { name: "data/B.DAT", content: Buffer.alloc(500_000) };
    const innerLocal = buildZip([inner]).subarray(0, -22 - 46 - inner.name.length);
    const quote = Buffer.alloc(5);
    quote.writeUInt16LE(innerLocal.length, 1);
    quote.writeUInt16LE(~innerLocal.length & 0xffff, 3);
    const rawData = Buffer.concat([quote, innerLocal, deflateRawSync("")]);
    const outer = { name: "data/A.DAT", rawData, sizeBytes: innerLocal.length, method: 8 };
    const before = buildZip([NOTICES]).indexOf("PK\x01\x02");
    const headerOffset = before + 30 + outer.name.length + quote.length;
    await expectBomb(buildZip([NOTICES, outer, { ...inner, headerOffset, isMissingLocally: true }]));
  });

  test("an entry that runs into the directory", async () => {
    const bytes = buildZip([NOTICES]);
    const compressedBytes = bytes.indexOf("PK\x01\x02") - 30;
    await expectBomb(buildZip([{ ...NOTICES, compressedBytes }]));
  });

  test("an entry whose local header hides that it runs into the next", async () => {
    const local = { extra: Buffer.concat([Buffer.from([0x99, 0x99, 40, 0]), Buffer.alloc(40)]) };
    const first = { ...NOTICES, local };
    const data = buildZip([first]);
    const headerOffset = data.indexOf("PK\x01\x02") - 20;
    const bytes = buildZip([first, { name: "data/A.DAT", headerOffset, isMissingLocally: true }]);
    await expectBomb(bytes);
  });

  test("an impossible ratio", async () => {
    await expectBomb(buildZip([NOTICES, announcing("data/A.DAT", 200_000_000)]));
  });

  test("an entry, or a total, above the caps", async () => {
    await expectBomb(buildZip([NOTICES, announcing("data/A.DAT", 40 * GIB)]));
    const many = Array.from({ length: 1_000 }, (_, index) => announcing(`data/${index}`, 90_000_000));
    await expectBomb(buildZip([NOTICES, ...many]));
  });

  test("a total that no base reaches from so small a file", async () => {
    const content = Buffer.alloc(64 * 1024 * 1024);
    const rawData = deflateRawSync(content);
    const entry = { rawData, sizeBytes: content.length };
    const entries = Array.from({ length: 20 }, (_, index) => ({ ...entry, name: `data/${index}` }));
    await expectBomb(buildZip([NOTICES, ...entries]));
  });

  test("but a preallocated file full of zeros is no bomb", async () => {
    const content = Buffer.alloc(64 * 1024 * 1024);
    const { code, extracted } = await tryArchive(buildZip([NOTICES, { name: "data/EMPRUNT.DAT", content }]));
    expect(code).toBe("accepted");
    expect(extracted["EMPRUNT.DAT"]?.equals(content)).toBe(true);
  });

  test("nor is one archive in another in a third: nothing of it is unfolded, and it is given back as it came", async () => {
    const bomb = { name: "0.DAT", content: Buffer.alloc(256 * 1024 * 1024) };
    const inner = buildZip([bomb]);
    const middle = buildZip(
      Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, content: inner })),
    );
    const outer = buildZip([NOTICES, { name: "data/ARCHIVES.ZIP", content: middle }]);
    const { code, archive, extracted } = await tryArchive(outer);
    expect(code).toBe("accepted");
    expect(extracted["ARCHIVES.ZIP"]?.equals(middle)).toBe(true);
    const extractedBytes = archive?.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(extractedBytes).toBe(middle.length + 400);
    // 4 GiB, were it unfolded to the last.
    expect(middle.length).toBeLessThan(1024 * 1024);
  });
});

import { crc32, deflateRawSync } from "node:zlib";
import { configure, type Entry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildZip,
  type FixtureEntry,
  type FixtureOptions,
  NOTICES,
  unixMode,
  zip64Extra,
} from "#tests/archives/build-zip.ts";
import { runsOf, seed } from "#tests/deep/depth.ts";
import { type Outcome, tryArchive } from "#tests/hosting/try-archive.ts";

configure({ useWebWorkers: false });

/** Sizes and CRC-32 by path. */
type Files = Record<string, { sizeBytes: number; crc32: number }>;

/** What zip.js makes of an archive; null when it refuses it. */
async function askZipJs(bytes: Buffer, strictness: "strict" | "tolerant" = "strict"): Promise<Files | null> {
  const checks = { strictness, checkSignature: true, checkOverlappingEntry: strictness === "strict" };
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes)), checks);
  try {
    const files: Files = {};
    for (const entry of await reader.getEntries()) Object.assign(files, await readEntry(entry));
    return files;
  } catch {
    return null;
  } finally {
    await reader.close();
  }
}

async function readEntry(entry: Entry): Promise<Files> {
  if (entry.directory) return {};
  const content = await entry.getData(new Uint8ArrayWriter());
  return { [entry.filename]: { sizeBytes: content.length, crc32: crc32(content) } };
}

/** What we made of it, told in the same words: the base lies in its folder, next to what is left out. */
function ourFiles({ archive }: Outcome): Files {
  const files: Files = {};
  for (const { path, sizeBytes, crc32 } of archive?.files ?? []) files[`data/${path}`] = { sizeBytes, crc32 };
  return files;
}

function expectSame(outcome: Outcome, theirs: Files | null): void {
  const ofBase = Object.entries(theirs ?? {}).filter(([path]) => path.startsWith("data/"));
  expect(Object.fromEntries(ofBase)).toEqual(ourFiles(outcome));
}

const DESCRIPTOR_FLAG = 0x8;
const UTF8_FLAG = 0x800;

const ascii = fc.stringMatching(/^data\/[A-Z]{1,3}(\/[A-Z]{1,2})?\.DAT$/);
const name = fc.oneof(
  { weight: 3, arbitrary: ascii.map((text) => ({ name: text, flags: 0 })) },
  ascii.map((text) => ({ name: text.replace(".DAT", "_été.DAT"), flags: UTF8_FLAG })),
  fc.constant({ name: Buffer.from("data/l\x82gende.DAT", "latin1"), flags: 0 }),
  fc
    .constantFrom("data/", "data/IMAGES/", "autre/", "autre/lisez-moi.txt")
    .map((text) => ({ name: text, flags: 0 })),
);
const content = fc.oneof(
  fc.string({ maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.nat(50_000).map((length) => Buffer.alloc(length, length % 256)),
);
const LIES: Partial<FixtureEntry>[] = [
  ...[{ crc32: 1 }, { sizeBytes: 7 }, { compressedBytes: 3 }, { method: 12 }, { flags: 1 }],
  ...[{ headerOffset: 0 }, { isMissingLocally: true }, { externalAttributes: 0x10 }],
  ...[{ externalAttributes: unixMode(0o120777) }, { local: { name: "data/AUTRE.DAT" } }],
  ...[{ local: { crc32: 1 } }, { local: { sizeBytes: 1 } }, { extra: zip64Extra(1, 2) }],
];
const entry = fc
  .record({
    named: name,
    content,
    method: fc.constantFrom(0, 8),
    hasDescriptor: fc.boolean(),
    between: fc.uint8Array({ maxLength: 20 }),
    externalAttributes: fc.constantFrom(0, 0x20, unixMode(0o100644)),
    lie: fc.option(fc.constantFrom(...LIES), { freq: 4 }),
  })
  .map(({ named, content, method, hasDescriptor, between, externalAttributes, lie }): FixtureEntry => {
    const isFolder = named.name.toString().endsWith("/");
    const honest = {
      ...named,
      method,
      externalAttributes,
      content: isFolder ? "" : content,
      after: Buffer.from(between),
    };
    return { ...(hasDescriptor && !isFolder ? withDescriptor(honest) : honest), ...lie };
  });

/** Sizes and CRC-32 after the data instead of before them, as a writer that cannot go back does. */
function withDescriptor(honest: FixtureEntry): FixtureEntry {
  const bytes = Buffer.from(honest.content ?? "");
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc32(bytes), 4);
  descriptor.writeUInt32LE(honest.method === 0 ? bytes.length : deflateRawSync(bytes).length, 8);
  descriptor.writeUInt32LE(bytes.length, 12);
  const local = { crc32: 0, compressedBytes: 0, sizeBytes: 0 };
  return { ...honest, flags: (honest.flags ?? 0) | DESCRIPTOR_FLAG, local, after: descriptor };
}

const options = fc.record({
  comment: fc.constantFrom(Buffer.alloc(0), Buffer.from("BCDI")),
  isZip64: fc.boolean(),
  trailer: fc.constantFrom(Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0), Buffer.from("reste")),
});
const archive = fc
  .tuple(fc.array(entry, { maxLength: 4 }), options)
  .map(([entries, chosen]: [FixtureEntry[], FixtureOptions]) => buildZip([NOTICES, ...entries], chosen));

const RUNS = runsOf(150);

describe("what we accept is read by zip.js", () => {
  test("with the same names, sizes and CRC-32, when it is as strict as it can be", async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(archive, async (bytes) => {
        const outcome = await tryArchive(bytes);
        if (outcome.code !== "accepted") return;
        accepted += 1;
        expectSame(outcome, await askZipJs(bytes));
      }),
      { numRuns: RUNS, seed },
    );
    expect(accepted).toBeGreaterThan(RUNS / 6);
  });

  test("with the same names, sizes and CRC-32, though some bytes were damaged", async () => {
    const edit = fc.record({ at: fc.nat(), length: fc.nat(2), inserted: fc.uint8Array({ maxLength: 2 }) });
    await fc.assert(
      fc.asyncProperty(archive, edit, async (whole, { at, length, inserted }) => {
        const from = at % whole.length;
        const bytes = Buffer.concat([whole.subarray(0, from), inserted, whole.subarray(from + length)]);
        const outcome = await tryArchive(bytes);
        if (outcome.code !== "accepted") return;
        // A damaged header that says nothing we need: see the differences that we keep, below.
        expectSame(outcome, (await askZipJs(bytes)) ?? (await askZipJs(bytes, "tolerant")));
      }),
      { numRuns: RUNS, seed },
    );
  });
});

const FILE = { name: "data/A.DAT", content: "abc", method: 0 } satisfies FixtureEntry;

describe("the differences that we keep", () => {
  test.each<[string, FixtureEntry]>([
    [
      "no data descriptor where one is announced: the directory has it all",
      { ...FILE, flags: DESCRIPTOR_FLAG },
    ],
    ["another data descriptor", { ...withDescriptor(FILE), after: Buffer.alloc(16) }],
    [
      "a descriptor announced in the directory only",
      { ...FILE, flags: DESCRIPTOR_FLAG, local: { flags: 0 } },
    ],
  ])("accepted here, refused there: %s", async (_what, given) => {
    const bytes = buildZip([NOTICES, given]);
    const outcome = await tryArchive(bytes);
    expect(outcome.code).toBe("accepted");
    expect(await askZipJs(bytes)).toBeNull();
    expectSame(outcome, await askZipJs(bytes, "tolerant"));
  });

  test("named otherwise here: a backslash alone separates, as the old Windows programs that wrote it meant", async () => {
    const bytes = buildZip([NOTICES, { ...FILE, name: "data\\A.DAT" }]);
    expect(Object.keys(ourFiles(await tryArchive(bytes)))).toContain("data/A.DAT");
    expect(Object.keys((await askZipJs(bytes)) ?? {})).toContain("data\\A.DAT");
  });

  test.each<[string, FixtureEntry, string]>([
    ["a link", { ...FILE, externalAttributes: unixMode(0o120777) }, "unsafe_entry"],
    ["a folder with data", { ...FILE, name: "data/A/" }, "unsafe_entry"],
    ["a folder without its slash", { ...FILE, externalAttributes: 0x10 }, "unsafe_entry"],
    ["a name that Windows keeps for itself", { ...FILE, name: "data/con.txt" }, "unsafe_entry"],
    ["a name that differs by its case only", { ...FILE, name: "DATA/notices.dat" }, "unsafe_entry"],
    ["a masked directory entry", { ...FILE, flags: 0x2000 }, "encrypted"],
    [
      "an extra field that runs over its end",
      { ...FILE, extra: Buffer.from([0x55, 0x54, 5, 0, 1]) },
      "not_an_archive",
    ],
  ])("refused here, read there: %s", async (_what, given, code) => {
    const bytes = buildZip([NOTICES, given]);
    expect((await tryArchive(bytes)).code).toBe(code);
    expect(await askZipJs(bytes)).not.toBeNull();
  });
});

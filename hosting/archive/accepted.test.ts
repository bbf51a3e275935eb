import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { buildZip, NOTICES, unixMode, zip64Extra } from "#tests/archives/build-zip.ts";
import { tryArchive, tryEntries } from "#tests/hosting/try-archive.ts";

const NOTICES_BYTES = Buffer.from(NOTICES.content ?? "");

describe("a base is accepted and extracted as it was archived", () => {
  test("files, sizes, CRC-32 and the archive's SHA-256 are told", async () => {
    const bytes = buildZip([NOTICES, { name: "data/EXEMPL.DAT", content: "123456789", method: 0 }]);
    const { archive, extracted, left } = await tryArchive(bytes);
    expect(archive).toMatchObject({
      sha256: createHash("sha256").update(bytes).digest("hex"),
      sizeBytes: bytes.length,
      baseName: "data",
    });
    expect(archive?.files[1]).toEqual({ path: "EXEMPL.DAT", sizeBytes: 9, crc32: 0xcbf43926 });
    expect(extracted).toEqual({ "NOTICES.DAT": NOTICES_BYTES, "EXEMPL.DAT": Buffer.from("123456789") });
    expect(left).toEqual(["base"]);
  });

  test("an archive inside the archive is opaque, stored last or not", async () => {
    const inner = buildZip([{ name: "../evil", content: "x" }]);
    const { code, extracted } = await tryEntries([{ name: "data/old.zip", content: inner, method: 0 }]);
    expect(code).toBe("accepted");
    expect(extracted["old.zip"]).toEqual(inner);
  });

  test("empty folders are kept, folders of the archive outside the base are not extracted", async () => {
    const { extracted } = await tryEntries([
      { name: "data/", externalAttributes: unixMode(0o040755) },
      { name: "data/IMAGES/" },
      { name: "__MACOSX/data/._NOTICES.DAT", content: "resource fork" },
    ]);
    expect(Object.keys(extracted).sort()).toEqual(["IMAGES", "NOTICES.DAT"]);
  });

  test("a base deeper in the archive, in lower case, is found", async () => {
    const { archive, extracted } = await tryArchive(
      buildZip([
        { name: "Sauvegarde/lisez-moi.txt", content: "x" },
        { name: "Sauvegarde/Ma Base/notices.dat", content: "n" },
        { name: "Sauvegarde/Ma Base/old/NOTICES.DAT", content: "o" },
      ]),
    );
    expect(archive?.baseName).toBe("Ma_Base");
    expect(Object.keys(extracted).sort()).toEqual(["notices.dat", "old", "old/NOTICES.DAT"]);
  });

  test("without a folder of its own the base takes the file's name", async () => {
    const bytes = buildZip([{ name: "NOTICES.DAT", content: "n" }]);
    const { archive } = await tryArchive(bytes, { fileName: "Travail perso.ZIP" });
    expect(archive?.baseName).toBe("Travail_perso");
  });

  test("a comment at the end is no trailer", async () => {
    expect((await tryEntries([], { comment: Buffer.from("Sauvegarde BCDI") })).code).toBe("accepted");
  });

  test("the marker of a split archive before the first entry is no prefix", async () => {
    const { code } = await tryEntries([], { prefix: Buffer.from("PK00"), offsetShift: 4 });
    expect(code).toBe("accepted");
  });
});

describe("every way to write sizes is understood", () => {
  test("zip64 sizes in both headers and a zip64 end record", async () => {
    const content = Buffer.alloc(5_000, "zip64");
    const marked = { compressedBytes: 0xffffffff, sizeBytes: 0xffffffff };
    const extra = zip64Extra(content.length, content.length);
    const entry = { name: "data/BIG.DAT", content, method: 0, extra, ...marked };
    const { code, extracted } = await tryEntries([entry], { isZip64: true });
    expect(code).toBe("accepted");
    expect(extracted["BIG.DAT"]).toEqual(content);
  });

  test("a data descriptor after the data", async () => {
    const local = { crc32: 0, compressedBytes: 0, sizeBytes: 0 };
    const entry = { name: "data/A.DAT", content: "abc", flags: 8, local, after: Buffer.alloc(16) };
    expect((await tryEntries([entry])).code).toBe("accepted");
  });

  test("a streamed zip64 archive of another writer", async () => {
    const zip = new ZipFile();
    const options = { forceZip64Format: true };
    zip.addBuffer(NOTICES_BYTES, "data/NOTICES.DAT", options);
    zip.end({ forceZip64Format: true, comment: "" });
    const { code, extracted } = await tryArchive(await buffer(zip.outputStream));
    expect(code).toBe("accepted");
    expect(extracted["NOTICES.DAT"]).toEqual(NOTICES_BYTES);
  });

  test("a large entry goes through in pieces, stored or deflated", async () => {
    const content = Buffer.alloc(9_000_001, "Le Petit Prince, Antoine de Saint-Exupéry. ");
    const { extracted } = await tryEntries([
      { name: "data/STORED.DAT", content, method: 0 },
      { name: "data/DEFLATED.DAT", content },
    ]);
    expect(extracted["STORED.DAT"]?.equals(content)).toBe(true);
    expect(extracted["DEFLATED.DAT"]?.equals(content)).toBe(true);
  });
});

describe("names are decoded for display", () => {
  test.each([
    ["UTF-8 with its flag", Buffer.from("data/Élève.DAT"), 0x800, "Élève.DAT"],
    ["UTF-8 without its flag", Buffer.from("data/Élève.DAT"), 0, "Élève.DAT"],
    ["code page 437", Buffer.from("data/\x90l\x8ave.DAT", "latin1"), 0, "Élève.DAT"],
    ["code page 850", Buffer.from("data/\xe2t\x82, no\xd3l.DAT", "latin1"), 0, "Ôté, noËl.DAT"],
    [
      "code page 850 with a symbol",
      Buffer.from("data/n\xf8\xff12 \x9d.DAT", "latin1"),
      0,
      "n°\u00a012 Ø.DAT",
    ],
    ["backslashes of old Windows zippers", Buffer.from("data\\IMAGES\\A.DAT"), 0, "IMAGES/A.DAT"],
  ])("%s", async (_label, name, flags, path) => {
    const { code, extracted } = await tryEntries([{ name, flags, content: "x" }]);
    expect(code).toBe("accepted");
    expect(extracted[path]).toEqual(Buffer.from("x"));
  });

  test("the Unicode field of Info-ZIP, where it was written for this name", async () => {
    const name = Buffer.from("data/\xe2t\x82.DAT", "latin1");
    for (const [checksum, path] of [
      [crc32(name), "Œuvres d’été.DAT"],
      [crc32(name) ^ 1, "Ôté.DAT"],
    ] as const) {
      const extra = unicodePathField("data/Œuvres d’été.DAT", checksum);
      const { code, extracted } = await tryEntries([{ name, extra, content: "x" }]);
      expect(code).toBe("accepted");
      expect(extracted[path]).toEqual(Buffer.from("x"));
    }
  });

  test.each([
    ["code page 850", Buffer.from("C\xe2TE/NOTICES.DAT", "latin1"), "CÔTE"],
    ["code page 437", Buffer.from("Biblioth\x8aque \x82t\x82/NOTICES.DAT", "latin1"), "Bibliothèque_été"],
    ["UTF-8 as macOS writes it, decomposed and without its flag", "CO\u0302TE/NOTICES.DAT", "CÔTE"],
  ])("a base whose folder is named in %s keeps its letters", async (_label, name, baseName) => {
    const { archive } = await tryArchive(buildZip([{ ...NOTICES, name }]));
    expect(archive?.baseName).toBe(baseName);
  });
});

function unicodePathField(name: string, checksum: number): Buffer {
  const text = Buffer.from(name);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + text.length, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(checksum >>> 0, 5);
  return Buffer.concat([field, text]);
}

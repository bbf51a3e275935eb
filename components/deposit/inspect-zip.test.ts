import { expect, test } from "vitest";
import yazl from "yazl";
import { inspectZip } from "./inspect-zip.ts";
import { sayFinding } from "./wording.ts";

async function makeZip(
  names: readonly string[],
  options: { zip64?: boolean } = {},
): Promise<Buffer<ArrayBuffer>> {
  const zip = new yazl.ZipFile();
  for (const name of names)
    zip.addBuffer(Buffer.alloc(3_000, name), name, { forceZip64Format: options.zip64 ?? false });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  return Buffer.from(Buffer.concat(pieces));
}

const codesOf = async (bytes: Buffer<ArrayBuffer>, name = "data.zip") =>
  (await inspectZip(new File([bytes], name))).map((finding) => finding.code);

test("the backup of a base raises no doubt, whatever the case of its names", async () => {
  expect(await codesOf(await makeZip(["data/NOTICES.DAT", "data/EXEMPL.DAT"]))).toEqual([]);
  expect(await codesOf(await makeZip(["Data/notices.dat"]))).toEqual([]);
});

test("a ZIP64 archive is read like another one", async () => {
  expect(await codesOf(await makeZip(["data/NOTICES.DAT"], { zip64: true }))).toEqual([]);
});

test("an archive without NOTICES.DAT is doubtful", async () => {
  expect(await codesOf(await makeZip(["photos/a.jpg"]))).toEqual(["no_notices"]);
});

test("an archive that lacks its end is truncated", async () => {
  const whole = await makeZip(["data/NOTICES.DAT", "data/EXEMPL.DAT"]);
  expect(await codesOf(Buffer.from(whole.subarray(0, whole.length - 40)))).toEqual(["truncated"]);
  expect(await codesOf(Buffer.from(whole.subarray(0, 100)))).toEqual(["truncated"]);
});

test("an archive that lacks its beginning is truncated or not a zip", async () => {
  const whole = await makeZip(["data/NOTICES.DAT"]);
  expect(await codesOf(Buffer.from(whole.subarray(10)))).toEqual(["not_a_zip"]);
});

/** The same archive with another number in this place of its first directory entry. */
function withDirectoryField(bytes: Buffer<ArrayBuffer>, at: number, value: number): Buffer<ArrayBuffer> {
  const changed = Buffer.from(bytes);
  changed.writeUInt16LE(value, bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + at);
  return changed;
}

const FLAGS_AT = 8;
const METHOD_AT = 10;

test("an archive with a password is told, however it is encrypted", async () => {
  const bytes = await makeZip(["data/NOTICES.DAT"]);
  for (const flags of [0x1, 0x41, 0x2000])
    expect(await codesOf(withDirectoryField(bytes, FLAGS_AT, flags))).toEqual(["encrypted"]);
  expect(await codesOf(withDirectoryField(bytes, METHOD_AT, 99))).toEqual(["encrypted"]);
});

test("an archive compressed as the host cannot read it is held back before it is sent", async () => {
  const bytes = await makeZip(["data/EXEMPL.DAT", "data/NOTICES.DAT"]);
  expect(await codesOf(withDirectoryField(bytes, METHOD_AT, 9))).toEqual(["deflate64"]);
  for (const method of [1, 6, 12, 14, 93, 95])
    expect(await codesOf(withDirectoryField(bytes, METHOD_AT, method))).toEqual(["other_method"]);
  expect(await codesOf(withDirectoryField(bytes, METHOD_AT, 0))).toEqual([]);
});

test("the sentence about Windows Explorer's large archives names the cure", () => {
  const { title, text } = sayFinding("deflate64");
  expect(`${title} ${text}`).toMatch(/Deflate64.*7-Zip.*zip.*Deflate/s);
});

test("other formats are told apart from a zip", async () => {
  expect(await codesOf(Buffer.from("bonjour"))).toEqual(["not_a_zip"]);
  expect(await codesOf(Buffer.from([]))).toEqual(["not_a_zip"]);
  expect(await codesOf(Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]))).toEqual(["other_archive"]);
  expect(await codesOf(Buffer.from("Rar!\u001a\u0007\u0001\u0000", "latin1"))).toEqual(["other_archive"]);
});

test("the Manuels base is recognised without being held back", async () => {
  const findings = await inspectZip(new File([await makeZip(["manuels/NOTICES.DAT"])], "sauvegarde.zip"));
  expect(findings).toEqual([{ code: "manuals", severity: "hint" }]);
});

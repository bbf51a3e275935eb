import { expect, test } from "vitest";
import yazl from "yazl";
import { inspectZip } from "./inspect-zip.ts";

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

test("an archive with a password is told", async () => {
  const bytes = await makeZip(["data/NOTICES.DAT"]);
  const directoryAt = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  bytes.writeUInt16LE(bytes.readUInt16LE(directoryAt + 8) | 1, directoryAt + 8);
  expect(await codesOf(bytes)).toEqual(["encrypted"]);
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

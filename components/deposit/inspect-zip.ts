/** What is inside a chosen file. A `doubt` holds the sending until a person decides; a `hint` only helps. */
export type ZipFinding = {
  code:
    | "not_a_zip"
    | "other_archive"
    | "truncated"
    | "encrypted"
    | "deflate64"
    | "other_method"
    | "no_notices"
    | "manuals";
  severity: "doubt" | "hint";
};

const END_RECORD_BYTES = 22;
const LONGEST_COMMENT_BYTES = 65_535;
const LARGEST_DIRECTORY_BYTES = 16 * 1024 * 1024;
const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END_RECORD = 0x06064b50;

type Directory = { offsetBytes: number; sizeBytes: number };
type Entry = { name: string; isEncrypted: boolean; method: number };

const DEFLATE64 = 9;
const READABLE_METHODS = [0, 8];
// Any of the three: weak, strong, or with the directory masked. AES has a method of its own besides.
const ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000;
const AES_METHOD = 99;

async function readView(file: Blob, startBytes: number, endBytes: number): Promise<DataView> {
  return new DataView(await file.slice(startBytes, endBytes).arrayBuffer());
}

/** Reads the zip's central directory, a few kilobytes at the end of the file, and tells what looks wrong. */
export async function inspectZip(file: File): Promise<readonly ZipFinding[]> {
  const head = await readView(file, 0, 8);
  const signature = head.byteLength >= 4 ? head.getUint32(0, true) : 0;
  if (signature !== LOCAL_HEADER && signature !== END_RECORD) {
    return [doubt(isOtherArchive(head) ? "other_archive" : "not_a_zip")];
  }
  const directory = await findDirectory(file);
  if (directory === null) return [doubt("truncated")];
  if (directory.sizeBytes > LARGEST_DIRECTORY_BYTES) return [];
  const entries = readEntries(
    await readView(file, directory.offsetBytes, directory.offsetBytes + directory.sizeBytes),
  );
  return entries === null ? [doubt("truncated")] : judgeEntries(file.name, entries);
}

function doubt(code: ZipFinding["code"]): ZipFinding {
  return { code, severity: "doubt" };
}

/** 7z and RAR: what a right click may make instead of a zip. */
function isOtherArchive(head: DataView): boolean {
  if (head.byteLength < 4) return false;
  const signature = head.getUint32(0, false);
  return signature === 0x377abcaf || signature === 0x52617221;
}

async function findDirectory(file: Blob): Promise<Directory | null> {
  const tailStart = Math.max(0, file.size - END_RECORD_BYTES - LONGEST_COMMENT_BYTES);
  const tail = await readView(file, tailStart, file.size);
  for (let at = tail.byteLength - END_RECORD_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END_RECORD) continue;
    const sizeBytes = tail.getUint32(at + 12, true);
    const offsetBytes = tail.getUint32(at + 16, true);
    if (offsetBytes === 0xffffffff || sizeBytes === 0xffffffff) {
      return findZip64Directory(file, tailStart + at);
    }
    return offsetBytes + sizeBytes <= tailStart + at ? { offsetBytes, sizeBytes } : null;
  }
  return null;
}

async function findZip64Directory(file: Blob, endRecordAt: number): Promise<Directory | null> {
  if (endRecordAt < 20) return null;
  const locator = await readView(file, endRecordAt - 20, endRecordAt);
  if (locator.getUint32(0, true) !== ZIP64_LOCATOR) return null;
  const at = Number(locator.getBigUint64(8, true));
  const record = await readView(file, at, at + 56);
  if (record.byteLength < 56 || record.getUint32(0, true) !== ZIP64_END_RECORD) return null;
  const sizeBytes = Number(record.getBigUint64(40, true));
  const offsetBytes = Number(record.getBigUint64(48, true));
  return offsetBytes + sizeBytes <= endRecordAt ? { offsetBytes, sizeBytes } : null;
}

function readEntries(view: DataView): Entry[] | null {
  const entries: Entry[] = [];
  const decoder = new TextDecoder("latin1");
  let at = 0;
  while (at + 46 <= view.byteLength) {
    if (view.getUint32(at, true) !== DIRECTORY_HEADER) return null;
    const nameBytes = view.getUint16(at + 28, true);
    const lengthBytes = 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (at + lengthBytes > view.byteLength) return null;
    const name = decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes));
    const method = view.getUint16(at + 10, true);
    const isEncrypted = (view.getUint16(at + 8, true) & ENCRYPTED_FLAGS) !== 0 || method === AES_METHOD;
    entries.push({ name, isEncrypted, method });
    at += lengthBytes;
  }
  return entries;
}

function judgeEntries(fileName: string, entries: readonly Entry[]): ZipFinding[] {
  const findings: ZipFinding[] = [];
  const paths = entries.map((entry) => entry.name.replaceAll("\\", "/").toLowerCase());
  if (entries.some((entry) => entry.isEncrypted)) findings.push(doubt("encrypted"));
  else findings.push(...judgeMethods(entries));
  if (!paths.some((path) => path.split("/").at(-1) === "notices.dat")) findings.push(doubt("no_notices"));
  const isManuals = /manuel/i.test(fileName) || paths.some((path) => /^manuels?\//.test(path));
  if (isManuals) findings.push({ code: "manuals", severity: "hint" });
  return findings;
}

function judgeMethods(entries: readonly Entry[]): ZipFinding[] {
  // What Windows Explorer writes once a folder or a file of it is larger than 2 GB.
  if (entries.some(({ method }) => method === DEFLATE64)) return [doubt("deflate64")];
  const isReadable = entries.every(({ method }) => READABLE_METHODS.includes(method));
  return isReadable ? [] : [doubt("other_method")];
}

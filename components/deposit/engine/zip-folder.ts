import { crc32 } from "./crc32.ts";

/** The parts of a zip without ZIP64 count in 32 bits. */
const LARGEST_ZIP_BYTES = 0xffffffff;
const UTF8_NAMES = 0x0800;

export type FolderFile = { path: string; file: File };

/** Thrown for a folder that a zip without ZIP64 cannot hold. */
export class FolderTooLargeError extends Error {}

/**
 * A folder as a zip of stored entries. The file's bytes are not copied: the zip refers to the files on the disk. The
 * same folder gives the same bytes, so a half-sent one can be continued after it was chosen again.
 */
export async function zipFolder(folderName: string, files: readonly FolderFile[]): Promise<File> {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const contentBytes = sorted.reduce((sum, { file }) => sum + file.size, 0);
  if (contentBytes > LARGEST_ZIP_BYTES - 1024 * 1024 || sorted.length > 65_000)
    throw new FolderTooLargeError();
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let offsetBytes = 0;
  let directoryBytes = 0;
  for (const { path, file } of sorted) {
    const name = new TextEncoder().encode(path);
    const common = writeCommonFields(file, name.length, await crc32(file));
    const local = joinBytes(bytesOf([[0x04034b50, 4]]), common, name);
    const central = joinBytes(
      bytesOf([
        [0x02014b50, 4],
        [20, 2],
      ]),
      common,
      bytesOf([
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [offsetBytes, 4],
      ]),
      name,
    );
    parts.push(local, file);
    directory.push(central);
    offsetBytes += local.length + file.size;
    directoryBytes += central.length;
  }
  const end = bytesOf([
    [0x06054b50, 4],
    [0, 4],
    [sorted.length, 2],
    [sorted.length, 2],
    [directoryBytes, 4],
    [offsetBytes, 4],
    [0, 2],
  ]);
  return new File([...parts, ...directory, end], `${folderName}.zip`, { type: "application/zip" });
}

/** The fields that the local header and the central directory share, from "version needed" to "extra length". */
function writeCommonFields(file: File, nameBytes: number, crc: number): Uint8Array<ArrayBuffer> {
  const at = new Date(file.lastModified);
  const year = Math.min(Math.max(at.getUTCFullYear(), 1980), 2107);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return bytesOf([
    [20, 2],
    [UTF8_NAMES, 2],
    [0, 2],
    [time, 2],
    [date, 2],
    [crc, 4],
    [file.size, 4],
    [file.size, 4],
    [nameBytes, 2],
    [0, 2],
  ]);
}

/** Little-endian numbers, each with its width in bytes. */
function bytesOf(numbers: readonly (readonly [value: number, width: 2 | 4])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [, width]) => sum + width, 0)));
  let at = 0;
  for (const [value, width] of numbers) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return new Uint8Array(view.buffer);
}

function joinBytes(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

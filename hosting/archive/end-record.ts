import type { FileHandle } from "node:fs/promises";
import { readAt } from "./archive-reader.ts";
import { ArchiveRejected } from "./rejected.ts";
import { findZip64End } from "./zip64-end-record.ts";

const END_SIGNATURE = Buffer.from("PK\x05\x06", "latin1");
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const ARCHIVE_STARTS = ["PK\x03\x04", "PK\x05\x06", "PK00", "PK\x07\x08"];
const OTHER_FORMATS: [start: string, name: string][] = [
  ["Rar!", "RAR"],
  ["7z\xbc\xaf", "7-Zip"],
  ["\x1f\x8b", "GZIP"],
];

/** Where the archive says its directory is (APPNOTE 4.3.16), consistent with the file's real size. */
export interface EndRecord {
  entryCount: number;
  directoryOffset: number;
  directoryBytes: number;
}

/** Finds the one end-of-central-directory record, or says what the file is instead. */
export async function findEndRecord(handle: FileHandle, sizeBytes: number): Promise<EndRecord> {
  if (sizeBytes === 0) throw new ArchiveRejected("not_an_archive", "Le fichier est vide.", "empty file");
  const start = (await readAt(handle, 0, Math.min(4, sizeBytes))).toString("latin1");
  const tailOffset = Math.max(0, sizeBytes - END_BYTES - MAX_COMMENT_BYTES);
  const tail = await readAt(handle, tailOffset, sizeBytes - tailOffset);
  const at = tail.length < END_BYTES ? -1 : tail.lastIndexOf(END_SIGNATURE, tail.length - END_BYTES);
  if (at === -1) throw unfinished(start, "no end-of-central-directory record");

  const recordOffset = tailOffset + at;
  const short = readShortRecord(tail.subarray(at));
  const trailingBytes = tail.length - at - END_BYTES - short.commentBytes;
  if (trailingBytes < 0) throw unfinished(start, "the archive comment is cut");
  if (trailingBytes > 0) {
    const isWhole = short.directoryOffset + short.directoryBytes === recordOffset;
    throw isWhole
      ? foreignBytes("suivent", `${trailingBytes} bytes after the end record`)
      : unfinished(start, "no end record at the end");
  }
  refuseSecondRecord(tail, at);

  const zip64 = await findZip64End(handle, recordOffset, short);
  const end = zip64 ?? { ...short, directoryEnd: recordOffset };
  if (short.isSplit) {
    throw new ArchiveRejected(
      "truncated",
      "L’archive est découpée en plusieurs volumes\u202f: déposez une archive d’un seul tenant.",
      "multi-disk archive",
    );
  }
  if (end.directoryOffset + end.directoryBytes !== end.directoryEnd) {
    throw unfinished(start, "the directory is not where the end record says");
  }
  return {
    entryCount: end.entryCount,
    directoryOffset: end.directoryOffset,
    directoryBytes: end.directoryBytes,
  };
}

/** The fields of the 22-byte record, as they are written. */
export interface ShortEndRecord {
  isSplit: boolean;
  entryCount: number;
  directoryBytes: number;
  directoryOffset: number;
  commentBytes: number;
}

function readShortRecord(record: Buffer): ShortEndRecord {
  const disks = [record.readUInt16LE(4), record.readUInt16LE(6)];
  const entryCount = record.readUInt16LE(10);
  return {
    isSplit: disks.some((disk) => disk !== 0 && disk !== 0xffff) || record.readUInt16LE(8) !== entryCount,
    entryCount,
    directoryBytes: record.readUInt32LE(12),
    directoryOffset: record.readUInt32LE(16),
    commentBytes: record.readUInt16LE(20),
  };
}

// A stored archive inside the archive leaves its own record in the tail; only one that also reaches the last byte
// would let two readers see two different archives.
function refuseSecondRecord(tail: Buffer, at: number): void {
  let other = at > 0 ? tail.lastIndexOf(END_SIGNATURE, at - 1) : -1;
  while (other !== -1) {
    if (other + END_BYTES + tail.readUInt16LE(other + 20) === tail.length) {
      throw new ArchiveRejected(
        "not_an_archive",
        "Le fichier contient deux fins d’archive\u202f: refaites l’archive de la base.",
        "two end-of-central-directory records",
      );
    }
    other = other > 0 ? tail.lastIndexOf(END_SIGNATURE, other - 1) : -1;
  }
}

/** Bytes around the archive that do not belong to it. */
export function foreignBytes(verb: "précèdent" | "suivent", logDetail: string): ArchiveRejected {
  return new ArchiveRejected(
    "not_an_archive",
    `Des données étrangères ${verb} l’archive\u202f: refaites l’archive de la base au format ZIP.`,
    logDetail,
  );
}

function unfinished(start: string, logDetail: string): ArchiveRejected {
  if (ARCHIVE_STARTS.some((magic) => magic.startsWith(start))) {
    return new ArchiveRejected(
      "truncated",
      "Le fichier est incomplet\u202f: la fin de l’archive manque. Refaites l’archive, ou copiez-la de nouveau, puis déposez-la.",
      logDetail,
    );
  }
  const format = OTHER_FORMATS.find(([magic]) => start.startsWith(magic))?.[1];
  const detail =
    format === undefined
      ? "Le fichier n’est pas une archive ZIP."
      : `Le fichier est une archive ${format}\u202f: refaites l’archive de la base au format ZIP.`;
  return new ArchiveRejected("not_an_archive", detail, logDetail);
}

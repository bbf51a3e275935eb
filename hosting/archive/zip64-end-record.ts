import type { FileHandle } from "node:fs/promises";
import { readAt } from "./archive-reader.ts";
import type { ShortEndRecord } from "./end-record.ts";
import { ArchiveRejected } from "./rejected.ts";

const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const RECORD_SIGNATURE = 0x06064b50;
const RECORD_BYTES = 56;
// Room for the extensible data that APPNOTE allows after the fixed fields; no known writer uses any of it.
const MAX_EXTENSION_BYTES = 4 * 1024;

export interface Zip64End {
  entryCount: number;
  directoryBytes: number;
  directoryOffset: number;
  /** Where the directory must end. */
  directoryEnd: number;
}

/** The zip64 end record (APPNOTE 4.3.14) if its locator stands before the short one, else null. */
export async function findZip64End(
  handle: FileHandle,
  shortRecordOffset: number,
  short: ShortEndRecord,
): Promise<Zip64End | null> {
  const locatorOffset = shortRecordOffset - LOCATOR_BYTES;
  if (locatorOffset < 0) return null;
  const locator = await readAt(handle, locatorOffset, LOCATOR_BYTES);
  if (locator.readUInt32LE(0) !== LOCATOR_SIGNATURE) return null;

  const recordOffset = Number(locator.readBigUInt64LE(8));
  if (recordOffset + RECORD_BYTES > locatorOffset) throw inconsistent("zip64 record out of place");
  if (locatorOffset - recordOffset > RECORD_BYTES + MAX_EXTENSION_BYTES) {
    throw inconsistent("zip64 record far longer than any");
  }
  const record = await readAt(handle, recordOffset, RECORD_BYTES);
  const isInPlace =
    record.readUInt32LE(0) === RECORD_SIGNATURE &&
    recordOffset + 12 + Number(record.readBigUInt64LE(4)) === locatorOffset;
  if (!isInPlace) throw inconsistent("zip64 record not where its locator says");

  const end = {
    entryCount: Number(record.readBigUInt64LE(32)),
    directoryBytes: Number(record.readBigUInt64LE(40)),
    directoryOffset: Number(record.readBigUInt64LE(48)),
    directoryEnd: recordOffset,
  };
  const isSplit = record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0;
  const agrees =
    agree(short.entryCount, 0xffff, end.entryCount) &&
    agree(short.directoryBytes, 0xffffffff, end.directoryBytes) &&
    agree(short.directoryOffset, 0xffffffff, end.directoryOffset);
  if (isSplit || !agrees) throw inconsistent("the two end records disagree");
  return end;
}

function agree(short: number, marker: number, long: number): boolean {
  return short === marker || short === long;
}

function inconsistent(logDetail: string): ArchiveRejected {
  return new ArchiveRejected(
    "not_an_archive",
    "La fin de l’archive est abîmée\u202f: refaites l’archive de la base.",
    logDetail,
  );
}

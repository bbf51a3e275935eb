import type { FileHandle } from "node:fs/promises";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import { readAt } from "./archive-reader.ts";
import { findEndRecord, foreignBytes } from "./end-record.ts";
import { decodeEntryName } from "./entry-name.ts";
import type { ArchiveLimits } from "./limits.ts";
import { ArchiveRejected } from "./rejected.ts";

/** One line of the central directory. Nothing about it has been believed yet, apart from its shape. */
export interface ArchiveEntry {
  /** Decoded for display and for the file system, `/` between its parts. */
  name: string;
  rawName: Buffer;
  isDirectory: boolean;
  flags: number;
  method: number;
  crc32: number;
  compressedBytes: number;
  sizeBytes: number;
  headerOffset: number;
  externalAttributes: number;
}

export interface ArchiveDirectory {
  /** In the order of their place in the file. */
  entries: ArchiveEntry[];
  directoryOffset: number;
}

// yauzl looks for the end record by itself, in this many bytes.
const YAUZL_TAIL_BYTES = 20 + 22 + 0xffff;
const ENTRY_HEADER_BYTES = 46;

/** Reads the central directory of an archive whose end record is sound. */
export async function readDirectory(
  handle: FileHandle,
  sizeBytes: number,
  limits: ArchiveLimits,
): Promise<ArchiveDirectory> {
  const end = await findEndRecord(handle, sizeBytes);
  if (end.entryCount > limits.maxEntries || end.directoryBytes > limits.maxDirectoryBytes) {
    throw new ArchiveRejected(
      "archive_bomb",
      `L’archive contient trop de fichiers (plus de ${limits.maxEntries.toLocaleString("fr-FR")}) pour être une base BCDI.`,
      `${end.entryCount} entries, directory of ${end.directoryBytes} bytes`,
    );
  }
  const from = Math.max(0, Math.min(end.directoryOffset, sizeBytes - YAUZL_TAIL_BYTES));
  const bytes = new MemoryReader(await readAt(handle, from, sizeBytes - from), from);
  const { entries, readBytes } = await listEntries(bytes, sizeBytes);
  if (readBytes !== end.directoryBytes || entries.length !== end.entryCount) {
    throw damagedDirectory(
      `${end.entryCount} entries announced, ${end.directoryBytes - readBytes} bytes left over`,
    );
  }
  entries.sort((a, b) => a.headerOffset - b.headerOffset);
  await refusePrefix(handle, entries);
  return { entries, directoryOffset: end.directoryOffset };
}

async function listEntries(reader: RandomAccessReader, sizeBytes: number) {
  const entries: ArchiveEntry[] = [];
  let readBytes = 0;
  try {
    const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false };
    const zip = await fromRandomAccessReaderPromise(reader, sizeBytes, options);
    for await (const entry of zip.eachEntry()) {
      readBytes +=
        ENTRY_HEADER_BYTES + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      entries.push(toArchiveEntry(entry));
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message.includes("strong encryption")) throw encryptedArchive(message);
    throw damagedDirectory(message);
  }
  return { entries, readBytes };
}

function toArchiveEntry(entry: Entry): ArchiveEntry {
  const name = decodeEntryName(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields);
  return {
    name,
    rawName: entry.fileNameRaw,
    isDirectory: name.endsWith("/"),
    flags: entry.generalPurposeBitFlag,
    method: entry.compressionMethod,
    crc32: entry.crc32,
    compressedBytes: entry.compressedSize,
    sizeBytes: entry.uncompressedSize,
    headerOffset: entry.relativeOffsetOfLocalHeader,
    externalAttributes: entry.externalFileAttributes,
  };
}

// Some zippers leave the four bytes of a split archive's marker before the first entry.
async function refusePrefix(handle: FileHandle, entries: ArchiveEntry[]): Promise<void> {
  const prefixBytes = entries[0]?.headerOffset ?? 0;
  if (prefixBytes === 0) return;
  const marker = prefixBytes === 4 ? (await readAt(handle, 0, 4)).toString("latin1") : "";
  if (marker === "PK00" || marker === "PK\x07\x08") return;
  throw foreignBytes("précèdent", `${prefixBytes} bytes before the first entry`);
}

export function encryptedArchive(logDetail: string): ArchiveRejected {
  return new ArchiveRejected(
    "encrypted",
    "L’archive est protégée par un mot de passe\u202f: refaites-la sans mot de passe.",
    logDetail,
  );
}

function damagedDirectory(logDetail: string): ArchiveRejected {
  return new ArchiveRejected(
    "not_an_archive",
    "La table des matières de l’archive est abîmée\u202f: refaites l’archive de la base.",
    logDetail,
  );
}

class MemoryReader extends RandomAccessReader {
  readonly #bytes: Buffer;
  readonly #from: number;

  constructor(bytes: Buffer, from: number) {
    super();
    this.#bytes = bytes;
    this.#from = from;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const start = position - this.#from;
    if (start < 0 || start + length > this.#bytes.length) {
      callback(new Error(`directory read out of bounds at ${position}`));
      return;
    }
    this.#bytes.copy(buffer, offset, start, start + length);
    callback(null);
  }
}

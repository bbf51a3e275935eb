import { parseExtraFields } from "yauzl";
import type { ArchiveReader } from "./archive-reader.ts";
import { overlapping } from "./bomb.ts";
import { type ArchiveEntry, encryptedArchive } from "./directory.ts";
import { decodeEntryName } from "./entry-name.ts";
import { isEncrypted } from "./entry-rules.ts";
import { ArchiveRejected, quoteName } from "./rejected.ts";

const SIGNATURE = 0x04034b50;
const FIXED_BYTES = 30;
const DESCRIPTOR_FLAG = 0x8;
const ZIP64_FIELD = 0x0001;
const ZIP64_MARKER = 0xffffffff;

/** Reads the header before an entry's data, and refuses it unless it says the same as the directory. */
export async function readLocalHeader(
  reader: ArchiveReader,
  entry: ArchiveEntry,
  directoryOffset: number,
): Promise<void> {
  const fixed = await reader.readExactly(FIXED_BYTES);
  if (fixed.readUInt32LE(0) !== SIGNATURE) throw damagedEntry(entry, "no local header signature");
  const flags = fixed.readUInt16LE(6);
  const method = fixed.readUInt16LE(8);
  const crc32 = fixed.readUInt32LE(14);
  const nameBytes = fixed.readUInt16LE(26);
  const extraBytes = fixed.readUInt16LE(28);
  const dataEnd = reader.position + nameBytes + extraBytes + entry.compressedBytes;
  if (dataEnd > directoryOffset) throw overlapping(entry);
  const rawName = await reader.readExactly(nameBytes);
  const extraFields = readExtraFields(entry, await reader.readExactly(extraBytes));
  const sizes = readSizes(fixed, extraFields);

  if (isEncrypted(flags, method)) throw encryptedArchive(`encrypted local header of ${entry.name}`);
  if (!rawName.equals(entry.rawName) || decodeEntryName(flags, rawName, extraFields) !== entry.name) {
    throw new ArchiveRejected(
      "unsafe_entry",
      `L’archive donne deux noms différents au même fichier\u202f: ${quoteName(entry.name)}.`,
      `local name ${JSON.stringify(rawName.toString("latin1").slice(0, 300))}`,
    );
  }
  if (method !== entry.method) throw damagedEntry(entry, `local method ${method}, central ${entry.method}`);

  // With a data descriptor the writer did not know these three yet, and left them empty.
  const mayBeUnknown = ((flags | entry.flags) & DESCRIPTOR_FLAG) !== 0;
  const agrees = (local: number, central: number) => local === central || (mayBeUnknown && local === 0);
  const isUnknownZip64 = (local: number) => mayBeUnknown && local === ZIP64_MARKER;
  if (
    !agrees(crc32, entry.crc32) ||
    !(agrees(sizes.compressedBytes, entry.compressedBytes) || isUnknownZip64(sizes.compressedBytes)) ||
    !(agrees(sizes.sizeBytes, entry.sizeBytes) || isUnknownZip64(sizes.sizeBytes))
  ) {
    throw damagedEntry(entry, `local and central sizes or CRC-32 differ at ${entry.headerOffset}`);
  }
}

type ExtraFields = ReturnType<typeof parseExtraFields>;

function readExtraFields(entry: ArchiveEntry, bytes: Buffer): ExtraFields {
  try {
    return parseExtraFields(bytes);
  } catch {
    throw damagedEntry(entry, "malformed local extra field");
  }
}

function readSizes(fixed: Buffer, extraFields: ExtraFields) {
  let compressedBytes = fixed.readUInt32LE(18);
  let sizeBytes = fixed.readUInt32LE(22);
  const zip64 = extraFields.find((field) => field.id === ZIP64_FIELD)?.data;
  let offset = 0;
  if (zip64 !== undefined && sizeBytes === ZIP64_MARKER && zip64.length >= 8) {
    sizeBytes = Number(zip64.readBigUInt64LE(offset));
    offset += 8;
  }
  if (zip64 !== undefined && compressedBytes === ZIP64_MARKER && zip64.length >= offset + 8) {
    compressedBytes = Number(zip64.readBigUInt64LE(offset));
  }
  return { compressedBytes, sizeBytes };
}

/** The entry's bytes are not those that were archived. */
export function damagedEntry(entry: ArchiveEntry, logDetail: string): ArchiveRejected {
  return new ArchiveRejected(
    "crc_mismatch",
    `Le contenu de ${quoteName(entry.name)} est abîmé dans l’archive\u202f: refaites l’archive de la base.`,
    logDetail,
  );
}

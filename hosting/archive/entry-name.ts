import { isUtf8 } from "node:buffer";
import { crc32 } from "node:zlib";
import type { ExtraField } from "yauzl";
import { decodeCodePage850 } from "./code-page-850.ts";
import type { ArchiveEntry } from "./directory.ts";
import type { ArchiveLimits } from "./limits.ts";
import { ArchiveRejected, quoteName } from "./rejected.ts";
import { isReservedWindowsName } from "./windows-names.ts";

const UTF8_FLAG = 0x800;
const UNICODE_PATH_FIELD = 0x7075;
const UNICODE_PATH_START = 5;

/**
 * An entry's name: UTF-8 where the bytes are UTF-8 (many zippers forget the flag), else the Unicode field that goes
 * with it, else DOS code page 850. Older Windows zippers write backslashes: they separate only where no slash does.
 */
export function decodeEntryName(flags: number, raw: Buffer, extraFields: ExtraField[]): string {
  const name = findUnicodePath(raw, extraFields) ?? decodeName(flags, raw);
  return name.includes("/") ? name : name.replaceAll("\\", "/");
}

function decodeName(flags: number, raw: Buffer): string {
  const isMeantAsUtf8 = (flags & UTF8_FLAG) !== 0 || isUtf8(raw);
  return isMeantAsUtf8 ? raw.toString("utf8") : decodeCodePage850(raw);
}

/** Info-ZIP's field (APPNOTE 4.6.9), which holds only while the name that it was written for is still there. */
function findUnicodePath(raw: Buffer, extraFields: ExtraField[]): string | null {
  const field = extraFields.find(
    ({ id, data }) =>
      id === UNICODE_PATH_FIELD &&
      data.length > UNICODE_PATH_START &&
      data.readUInt8(0) === 1 &&
      data.readUInt32LE(1) === crc32(raw),
  );
  return field?.data.toString("utf8", UNICODE_PATH_START) ?? null;
}

/** The entry's path without its closing slash; throws `unsafe_entry` when it could do harm anywhere. */
export function getSafePath(entry: ArchiveEntry, limits: ArchiveLimits): string {
  const path = entry.isDirectory ? entry.name.slice(0, -1) : entry.name;
  const fault = findPathFault(entry, path, limits);
  if (fault !== null) {
    throw new ArchiveRejected(
      "unsafe_entry",
      `L’archive contient un nom de fichier que nous ne pouvons pas accepter\u202f: ${quoteName(entry.name)} (${fault}).`,
      `unsafe name ${JSON.stringify(entry.name.slice(0, 300))}`,
    );
  }
  return path;
}

function findPathFault(entry: ArchiveEntry, path: string, limits: ArchiveLimits): string | null {
  if (path === "") return "nom vide";
  if (entry.rawName.some((byte) => byte < 0x20 || byte === 0x7f) || /\p{Cc}/u.test(path)) {
    return "caractère de contrôle";
  }
  if (path.startsWith("/")) return "chemin absolu";
  if (/^[a-z]:/i.test(path)) return "lettre de lecteur";
  if (/[\\:<>"|?*]/.test(path)) return "caractère interdit";
  if (Buffer.byteLength(path) > limits.maxPathBytes) return "chemin trop long";
  const parts = path.split("/");
  if (parts.length > limits.maxDepth) return "trop de dossiers imbriqués";
  for (const part of parts) {
    const fault = findPartFault(part, limits);
    if (fault !== null) return fault;
  }
  return null;
}

function findPartFault(part: string, limits: ArchiveLimits): string | null {
  if (part === "" || part === "." || part === "..") return "chemin relatif";
  if (part.endsWith(".") || part.endsWith(" ")) return "point ou espace final";
  if (Buffer.byteLength(part) > limits.maxNameBytes) return "nom trop long";
  if (isReservedWindowsName(part)) return "nom réservé par Windows";
  return null;
}

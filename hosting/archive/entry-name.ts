import { isUtf8 } from "node:buffer";
import { type ExtraField, getFileNameLowLevel } from "yauzl";
import type { ArchiveEntry } from "./directory.ts";
import type { ArchiveLimits } from "./limits.ts";
import { ArchiveRejected, quoteName } from "./rejected.ts";
import { isReservedWindowsName } from "./windows-names.ts";

const UTF8_FLAG = 0x800;

/**
 * An entry's name: UTF-8 where the bytes are UTF-8 (many zippers forget the flag), else DOS code page 437.
 * Older Windows zippers write backslashes: they separate only where no slash does.
 */
export function decodeEntryName(flags: number, raw: Buffer, extraFields: ExtraField[]): string {
  const name = getFileNameLowLevel(isUtf8(raw) ? flags | UTF8_FLAG : flags, raw, extraFields, true);
  return name.includes("/") ? name : name.replaceAll("\\", "/");
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

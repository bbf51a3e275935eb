import { isReservedWindowsName } from "./windows-names.ts";

const MAX_CHARACTERS = 64;

/**
 * A base's name, safe as a folder's name on any system: letters, digits, `-` and `_`, 1 to 64 characters. All of them
 * exist in ISO-8859-1, in which BCDI's server reads where its bases are. None begins with `-`, as an option would.
 */
export function toBaseName(name: string): string {
  const kept = name
    .normalize("NFC")
    .trim()
    .replaceAll("œ", "oe")
    .replaceAll("Œ", "OE")
    .replace(/\s+/gu, "_")
    .replace(/[^\p{L}\p{N}_-]|[\u0100-\u{10ffff}]/gu, "")
    .replace(/^-+/, "")
    .slice(0, MAX_CHARACTERS);
  if (kept === "") return "base";
  return isReservedWindowsName(kept) ? `base_${kept}` : kept;
}

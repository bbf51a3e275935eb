import { isReservedWindowsName } from "./windows-names.ts";

const MAX_CHARACTERS = 64;

/** A base's name, safe as a folder's name on any system: letters, digits, `-` and `_`, 1 to 64 characters. */
export function toBaseName(name: string): string {
  const kept = name
    .normalize("NFC")
    .trim()
    .replace(/\s+/gu, "_")
    .replace(/[^\p{L}\p{N}_-]/gu, "")
    .normalize("NFC")
    .slice(0, MAX_CHARACTERS)
    // The cut may have halved a character beyond the first 65,536.
    .replace(/[\uD800-\uDBFF]$/, "");
  if (kept === "") return "base";
  return isReservedWindowsName(kept) ? `base_${kept}` : kept;
}

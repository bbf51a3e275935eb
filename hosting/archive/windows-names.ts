const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])$/i;

/** Whether Windows would open a device instead of a file of this name, whatever its extension. */
export function isReservedWindowsName(name: string): boolean {
  const stem = name.split(".", 1)[0] ?? "";
  return RESERVED.test(stem.trimEnd());
}

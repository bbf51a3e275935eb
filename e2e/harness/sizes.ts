const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** Bytes in "64KiB", "2GiB" or "500". */
export function parseSize(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (digits === "" || factor === undefined) throw new Error(`not a size: ${text}`);
  return Number(digits) * factor;
}

export const mib = (sizeBytes: number): string => `${(sizeBytes / 1024 ** 2).toFixed(0)} MiB`;

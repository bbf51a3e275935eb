import { NARROW } from "./instants.ts";

const UNITS = ["o", "Ko", "Mo", "Go", "To"] as const;

/** A size as a teacher reads it: "12,4 Mo". Thousands, as the disks and the systems count in French. */
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const maximumFractionDigits = unit === 0 || value >= 100 ? 0 : 1;
  const figures = new Intl.NumberFormat("fr-FR", { maximumFractionDigits }).format(value);
  return `${figures}${NARROW}${UNITS[unit] ?? ""}`;
}

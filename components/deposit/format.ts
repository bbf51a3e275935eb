const UNITS = ["o", "Ko", "Mo", "Go", "To"] as const;
const NARROW_SPACE = "\u202f";

/** A size as a teacher reads it: "12,4 Mo". Thousands, as the disks and the systems count in French. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const maximumFractionDigits = unit === 0 || value >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat("fr-FR", { maximumFractionDigits }).format(value);
  return `${number}${NARROW_SPACE}${UNITS[unit] ?? ""}`;
}

/** A ratio from 0 to 1 as a whole percentage, rounded down: 100 % is said only when everything is there. */
export function formatPercent(ratio: number): string {
  const percent = Math.floor(Math.min(1, Math.max(0, ratio)) * 100);
  return `${percent}${NARROW_SPACE}%`;
}

export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** A time left, coarser the longer it is, so that it does not flicker. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 10) return "quelques secondes";
  if (seconds < 60) return `environ ${Math.ceil(seconds / 10) * 10}${NARROW_SPACE}secondes`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `environ ${minutes}${NARROW_SPACE}${minutes > 1 ? "minutes" : "minute"}`;
  const quarters = Math.round(minutes / 15) * 15;
  const hours = Math.floor(quarters / 60);
  const rest = quarters % 60;
  return `environ ${hours}${NARROW_SPACE}h${rest > 0 ? `${NARROW_SPACE}${rest}` : ""}`;
}

/** A countdown: "12 s", "2 min 05 s". */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole}${NARROW_SPACE}s`;
  const rest = String(whole % 60).padStart(2, "0");
  return `${Math.floor(whole / 60)}${NARROW_SPACE}min ${rest}${NARROW_SPACE}s`;
}

/** An instant as a date and a time, in the computer's own zone. */
export function formatInstant(instant: string): string {
  return new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" })
    .formatToParts(new Date(instant))
    .map(({ type, value }) => (type === "day" && value === "1" ? "1er" : value))
    .join("");
}

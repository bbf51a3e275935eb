export const PARIS = "Europe/Paris";

/** U+202F, before ; : ? ! » and after « in French. */
export const NARROW = "\u202f";

const DAY_MS = 24 * 60 * 60 * 1000;

function partsOf(instant: Date, zone: string, options: Intl.DateTimeFormatOptions): Map<string, string> {
  const parts = new Intl.DateTimeFormat("fr-FR", { timeZone: zone, ...options }).formatToParts(instant);
  return new Map(parts.map(({ type, value }) => [type, value]));
}

function dayNumber(instant: Date, zone: string): number {
  const parts = partsOf(instant, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
  const part = (type: string) => Number(parts.get(type));
  return Math.round(Date.UTC(part("year"), part("month") - 1, part("day")) / DAY_MS);
}

/** French says the first of a month as an ordinal, which Intl does not know. */
function writeDate(instant: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("fr-FR", { timeZone: zone, ...options })
    .formatToParts(instant)
    .map(({ type, value }) => (type === "day" && value === "1" ? "1er" : value))
    .join("");
}

/** "23 novembre 2026", "1er décembre 2026" */
export function formatDay(instant: Date, zone: string = PARIS): string {
  return writeDate(instant, zone, { dateStyle: "long" });
}

/** "15 h 05", "12 h" */
export function formatHour(instant: Date, zone: string = PARIS): string {
  const parts = partsOf(instant, zone, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  const minute = parts.get("minute") ?? "00";
  const hour = `${Number(parts.get("hour"))}${NARROW}h`;
  return minute === "00" ? hour : `${hour}${NARROW}${minute}`;
}

/** "23 novembre 2026 à 15 h 05" */
export function formatInstant(instant: Date, zone: string = PARIS): string {
  return `${formatDay(instant, zone)} à ${formatHour(instant, zone)}`;
}

/** "aujourd’hui", "demain", "hier", "mardi 1er décembre", "lundi 4 janvier 2027" */
export function formatRelativeDay(instant: Date, now: Date, zone: string = PARIS): string {
  const days = dayNumber(instant, zone) - dayNumber(now, zone);
  if (days === 0) return "aujourd’hui";
  if (days === 1) return "demain";
  if (days === -1) return "hier";
  const isSameYear =
    partsOf(instant, zone, { year: "numeric" }).get("year") ===
    partsOf(now, zone, { year: "numeric" }).get("year");
  return writeDate(instant, zone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(isSameYear ? {} : { year: "numeric" as const }),
  });
}

/** "aujourd’hui à 15 h 05" */
export function formatRelativeInstant(instant: Date, now: Date, zone: string = PARIS): string {
  return `${formatRelativeDay(instant, now, zone)} à ${formatHour(instant, zone)}`;
}

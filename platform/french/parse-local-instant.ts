import { PARIS } from "./instants.ts";

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/**
 * The instant of a date and time as typed into a form ("2026-11-24T15:30"), in a zone. Null for what is no date, and
 * for the hour that does not exist when summer time begins; of the hour that exists twice, the first.
 */
export function parseLocalInstant(text: string, zone: string = PARIS): Date | null {
  if (!LOCAL.test(text)) return null;
  const asUtcMs = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtcMs)) return null;
  const hourMs = 60 * 60 * 1000;
  const offsetsMs = [-24 * hourMs, 24 * hourMs].map((apart) => offsetAt(asUtcMs + apart, zone));
  const candidates = offsetsMs.map((offsetMs) => asUtcMs - offsetMs).sort((left, right) => left - right);
  const found = candidates.find((instantMs) => formatLocalInstant(new Date(instantMs), zone) === text);
  return found === undefined ? null : new Date(found);
}

/** "2026-11-24T15:30": an instant as a form's date and time field takes it. */
export function formatLocalInstant(instant: Date, zone: string = PARIS): string {
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  } as const;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    ...options,
  }).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

function offsetAt(instantMs: number, zone: string): number {
  return (
    Date.parse(`${formatLocalInstant(new Date(instantMs), zone)}:00Z`) -
    Math.floor(instantMs / 60_000) * 60_000
  );
}

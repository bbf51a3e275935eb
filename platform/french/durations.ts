import { NARROW } from "./instants.ts";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** A duration in its two largest units: "moins d’une minute", "48 min", "3 h 12", "2 j 5 h". */
export function formatDuration(durationMs: number): string {
  const minutes = Math.floor(Math.max(0, durationMs) / MINUTE_MS);
  if (minutes === 0) return "moins d’une minute";
  if (minutes < HOUR_MINUTES) return `${minutes}${NARROW}min`;
  if (minutes < DAY_MINUTES) {
    const rest = minutes % HOUR_MINUTES;
    const hours = `${Math.floor(minutes / HOUR_MINUTES)}${NARROW}h`;
    return rest === 0 ? hours : `${hours}${NARROW}${String(rest).padStart(2, "0")}`;
  }
  const restHours = Math.floor((minutes % DAY_MINUTES) / HOUR_MINUTES);
  const days = `${Math.floor(minutes / DAY_MINUTES)}${NARROW}j`;
  return restHours === 0 ? days : `${days} ${restHours}${NARROW}h`;
}

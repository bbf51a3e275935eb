import type { EstablishmentView } from "#contract/establishment.ts";

const SOONEST_MS = 5_000;
const LATE_STEP_MS = 60_000;
/** Where the host is not at work: an event, an open page or the sweep tells first. */
const IDLE_MS = 60 * 60 * 1000;
const LONGEST_BACKOFF_MS = 15 * 60 * 1000;

/** When to read a view again without anybody asking; null where only an event or the daily sweep will tell. */
export function planNextRead(
  view: EstablishmentView,
  retryAfterSeconds: number | null,
  now: Date,
): Date | null {
  const in_ = (delayMs: number) => new Date(now.getTime() + delayMs);
  const askedMs = retryAfterSeconds === null ? null : retryAfterSeconds * 1000;
  if (view.actor !== "hosting") return askedMs === null ? null : in_(Math.max(askedMs, IDLE_MS));
  if (askedMs !== null) return in_(Math.max(askedMs, SOONEST_MS));
  if (!view.nextStep) return in_(IDLE_MS);
  const untilMs = Date.parse(view.nextStep.estimatedAt) - now.getTime();
  return in_(untilMs > 0 ? Math.max(untilMs, SOONEST_MS) : LATE_STEP_MS);
}

/** After a read that failed: as long again as the host has been silent, from 5 s to 15 min. */
export function planRetry(unavailableSince: Date, retryAfterMs: number | null, now: Date): Date {
  const silentMs = now.getTime() - unavailableSince.getTime();
  const delayMs = retryAfterMs ?? Math.min(silentMs, LONGEST_BACKOFF_MS);
  return new Date(now.getTime() + Math.max(delayMs, SOONEST_MS));
}

import type { State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";

const SAMPLE = 200;
const FEWEST = 20;
const FRESH_MS = 60_000;

export interface Durations {
  readonly medianMs: number;
  readonly p90Ms: number;
}

const remembered = new WeakMap<object, Map<State, { at: number; durations: Durations | null }>>();

/** Median and ninth decile of the last times that a state was left for the next one; null while there are few. */
export async function findPastDurations(context: HostingContext, state: State): Promise<Durations | null> {
  const cache = remembered.get(context.db) ?? new Map();
  remembered.set(context.db, cache);
  const now = context.clock.now().getTime();
  const known = cache.get(state);
  if (known && now - known.at < FRESH_MS) return known.durations;
  const rows = await context.db.history.findMany({
    where: { fromState: state, durationMs: { not: null }, state: { notIn: ["BCDIDELETE"] } },
    orderBy: { revision: "desc" },
    take: SAMPLE,
    select: { durationMs: true },
  });
  const sorted = rows.map((row) => Number(row.durationMs)).sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const durations = sorted.length < FEWEST ? null : { medianMs: at(0.5), p90Ms: at(0.9) };
  cache.set(state, { at: now, durations });
  return durations;
}

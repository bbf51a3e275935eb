import type { State } from "#contract/states.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { type Calibration, calibrate, fitWork, type PastStep, type WorkModel } from "./forecast.ts";

const SAMPLE = 200;
const FRESH_MS = 60_000;

export interface Experience {
  readonly model: WorkModel;
  readonly calibration: Calibration;
}

const remembered = new WeakMap<object, Map<State, { at: number; experience: Experience }>>();

/** What the last steps out of a state have taught; asked of the database once a minute. */
export async function getExperience(
  context: HostingContext,
  state: State,
  db: Pick<HostingTransaction, "history"> = context.db,
): Promise<Experience> {
  const cache = remembered.get(context.db) ?? new Map();
  remembered.set(context.db, cache);
  const now = context.clock.now().getTime();
  const known = cache.get(state);
  if (known && now - known.at < FRESH_MS) return known.experience;
  const rows = await db.history.findMany({
    // A deletion cuts a step short: that is no experience of it.
    where: { fromState: state, durationMs: { not: null }, state: { not: "BCDIDELETE" } },
    orderBy: { revision: "desc" },
    take: SAMPLE,
    select: { durationMs: true, endedWorkBytes: true, endedExpectedMs: true, endedAlone: true },
  });
  const past: PastStep[] = rows.map((row) => ({
    workBytes: Number(row.endedWorkBytes ?? 0),
    durationMs: Number(row.durationMs),
    expectedMs: row.endedExpectedMs === null ? null : Number(row.endedExpectedMs),
    isAlone: row.endedAlone ?? true,
  }));
  const experience = { model: fitWork(past), calibration: calibrate(past) };
  cache.set(state, { at: now, experience });
  return experience;
}

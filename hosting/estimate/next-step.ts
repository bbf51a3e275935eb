import type { EstablishmentView } from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { findPastDurations } from "./past-durations.ts";

const MINUTE_MS = 60_000;
const LATE_STEP_MS = 15 * MINUTE_MS;
const BYTES_PER_MINUTE = 1024 ** 3;

/** What a step takes while there are too few past ones to tell. */
const FIRST_GUESS = { medianMs: 5 * MINUTE_MS, p90Ms: 30 * MINUTE_MS };

/** The state that comes next by hosting's own work; null where hosting does not act. */
function nextStateOf(establishment: Establishment, state: State): string | null {
  const next = {
    START: "BCDIDBWAIT",
    BCDIDBWAIT: null,
    BCDIDBUPLOADED: "BCDIDBUPLOADEDRIGHT",
    BCDIDBUPLOADEDRIGHT: "BCDIREADY",
    BCDIREADY: null,
    BCDIALTER: establishment.alterFrom,
    BCDIDELETE: "BCDIDELETED",
    BCDIDELETED: null,
    STARTERROR: null,
    BCDIUPLOADEDERROR: null,
  } as const satisfies Record<State, string | null>;
  return next[state];
}

/** When the next step is expected (half of the past ones were as fast) and nearly certain (nine in ten were). */
export async function estimateNextStep(
  context: HostingContext,
  establishment: Establishment,
  sizeBytes: number,
): Promise<EstablishmentView["nextStep"]> {
  const state = stateOf(establishment);
  const next = nextStateOf(establishment, state);
  if (next === null) return null;
  const past = (await findPastDurations(context, state)) ?? guess(sizeBytes);
  const beginsAt = Math.max(establishment.since.getTime(), establishment.removalDueAt?.getTime() ?? 0);
  const override = establishment.estimateOverrideAt?.getTime();
  const estimated = override ?? beginsAt + past.medianMs;
  const latest = Math.max(estimated, beginsAt + past.p90Ms);
  const delayMs = overdueMs(context.clock.now().getTime(), latest);
  return {
    state: stateOf({ state: next }),
    estimatedAt: new Date(delayMs > 0 ? latest + delayMs - LATE_STEP_MS : estimated).toISOString(),
    latestAt: new Date(latest + delayMs).toISOString(),
  };
}

function guess(sizeBytes: number): { medianMs: number; p90Ms: number } {
  const workMs = (sizeBytes / BYTES_PER_MINUTE) * MINUTE_MS;
  return { medianMs: FIRST_GUESS.medianMs + workMs, p90Ms: FIRST_GUESS.p90Ms + 3 * workMs };
}

/** A late step is promised anew by quarters of an hour: never in the past, and the view does not change each second. */
function overdueMs(now: number, latest: number): number {
  if (now <= latest) return 0;
  return (Math.floor((now - latest) / LATE_STEP_MS) + 2) * LATE_STEP_MS;
}

import type { EstablishmentView } from "#contract/establishment.ts";
import { type State, StateSchema } from "#contract/states.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import type { Establishment, History } from "#prisma/generated/client.ts";
import { getExperience } from "./past-steps.ts";

const LATE_STEP_MS = 15 * 60_000;

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

/** What a school is promised, in ms of the clock; `latestMs` may be in the past: the step is late then. */
export interface NextStepPromise {
  readonly state: State;
  readonly estimatedMs: number;
  readonly latestMs: number;
}

/**
 * When the next step is expected (half of the past ones were as fast) and nearly certain (nine in ten were): what was
 * foreseen when it began, stretched by what such forecasts have been worth.
 */
export async function estimateNextStep(
  context: HostingContext,
  establishment: Establishment,
  db: Pick<HostingTransaction, "history"> = context.db,
): Promise<EstablishmentView["nextStep"]> {
  if (nextStateOf(establishment, StateSchema.parse(establishment.state)) === null) return null;
  const begun = await db.history.findUnique({ where: { revision: establishment.revision } });
  const promise = await promiseNextStep(context, establishment, begun, db);
  if (promise === null) return null;
  const { estimatedMs, latestMs } = promise;
  const delayMs = overdueMs(context.clock.now().getTime(), latestMs);
  return {
    state: promise.state,
    estimatedAt: new Date(delayMs > 0 ? latestMs + delayMs - LATE_STEP_MS : estimatedMs).toISOString(),
    latestAt: new Date(latestMs + delayMs).toISOString(),
  };
}

/** The same as it was first promised, however late it is by now; `begun` is the change that led here. */
export async function promiseNextStep(
  context: HostingContext,
  establishment: Establishment,
  begun: Pick<History, "expectedMs"> | null,
  db: Pick<HostingTransaction, "history"> = context.db,
): Promise<NextStepPromise | null> {
  const state = StateSchema.parse(establishment.state);
  const next = nextStateOf(establishment, state);
  if (next === null) return null;
  const { calibration, model } = await getExperience(context, state, db);
  const expectedMs = Number(begun?.expectedMs ?? model.fixedMs);
  const beginsAt = Math.max(establishment.since.getTime(), establishment.removalDueAt?.getTime() ?? 0);
  // While a deletion can still be cancelled, what matters is until when, and no operator's word changes that.
  const isPending = beginsAt > context.clock.now().getTime();
  const override = isPending ? undefined : establishment.estimateOverrideAt?.getTime();
  const workMs = isPending ? 0 : Math.round(expectedMs * calibration.median);
  const estimatedMs = override ?? beginsAt + workMs;
  const latestMs = Math.max(estimatedMs, beginsAt + Math.round(expectedMs * calibration.p90));
  return { state: StateSchema.parse(next), estimatedMs, latestMs };
}

/** A late step is promised anew by quarters of an hour: never in the past, and the view does not change each second. */
function overdueMs(now: number, latest: number): number {
  if (now <= latest) return 0;
  return (Math.floor((now - latest) / LATE_STEP_MS) + 2) * LATE_STEP_MS;
}

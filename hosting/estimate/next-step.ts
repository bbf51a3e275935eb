import type { EstablishmentView } from "#contract/establishment.ts";
import { type State, StateSchema } from "#contract/states.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import type { Establishment } from "#prisma/generated/client.ts";
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

/**
 * When the next step is expected (half of the past ones were as fast) and nearly certain (nine in ten were): what was
 * foreseen when it began, stretched by what such forecasts have been worth.
 */
export async function estimateNextStep(
  context: HostingContext,
  establishment: Establishment,
  db: Pick<HostingTransaction, "history"> = context.db,
): Promise<EstablishmentView["nextStep"]> {
  const state = StateSchema.parse(establishment.state);
  const next = nextStateOf(establishment, state);
  if (next === null) return null;
  const begun = await db.history.findUnique({ where: { revision: establishment.revision } });
  const { calibration, model } = await getExperience(context, state, db);
  const expectedMs = Number(begun?.expectedMs ?? model.fixedMs);
  const beginsAt = Math.max(establishment.since.getTime(), establishment.removalDueAt?.getTime() ?? 0);
  const override = establishment.estimateOverrideAt?.getTime();
  const estimated = override ?? beginsAt + Math.round(expectedMs * calibration.median);
  const latest = Math.max(estimated, beginsAt + Math.round(expectedMs * calibration.p90));
  const delayMs = overdueMs(context.clock.now().getTime(), latest);
  return {
    state: StateSchema.parse(next),
    estimatedAt: new Date(delayMs > 0 ? latest + delayMs - LATE_STEP_MS : estimated).toISOString(),
    latestAt: new Date(latest + delayMs).toISOString(),
  };
}

/** A late step is promised anew by quarters of an hour: never in the past, and the view does not change each second. */
function overdueMs(now: number, latest: number): number {
  if (now <= latest) return 0;
  return (Math.floor((now - latest) / LATE_STEP_MS) + 2) * LATE_STEP_MS;
}

import { IncidentProblemSchema } from "#contract/problem.ts";
import type { State } from "#contract/states.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import { type LiveStep, WORKING_STATES } from "#hosting/jobs/step-job.ts";
import type { Establishment } from "#prisma/generated/client.ts";

/**
 * What hosting does about an establishment by itself; null when it does nothing. `kept` is a server that is down and
 * that a job looks after every minute.
 */
export type NextTry =
  | { readonly kind: "running" | "waiting" | "kept" }
  | { readonly kind: "planned"; readonly at: Date; readonly failures: number }
  | null;

/** What can be done about an establishment now. */
export interface Remedies {
  readonly nextTry: NextTry;
  readonly canRetry: boolean;
  /** Whether an incident may be closed by hand: the establishment no longer stands in what failed. */
  readonly canSettle: boolean;
}

const FAILED: readonly State[] = ["STARTERROR", "BCDIUPLOADEDERROR"];

export function isInGrace(
  { state, removalDueAt }: Pick<Establishment, "state" | "removalDueAt">,
  now: Date,
): boolean {
  return state === "BCDIDELETE" && removalDueAt !== null && removalDueAt > now;
}

/** True for a server that should answer, does not, and is opened again by a job. */
export function isServerDown({ state, problem }: Pick<Establishment, "state" | "problem">): boolean {
  return state === "BCDIREADY" && IncidentProblemSchema.safeParse(problem).data?.code === "server_down";
}

export function remediesOf(
  establishment: Pick<Establishment, "state" | "removalDueAt" | "problem">,
  live: LiveStep | null,
  now: Date,
): Remedies {
  const state = stateOf(establishment);
  if (isServerDown(establishment)) return { nextTry: { kind: "kept" }, canRetry: true, canSettle: false };
  const isWorking = WORKING_STATES.includes(state);
  const nextTry = isWorking ? nextTryOf(live, now) : null;
  const isToWait =
    nextTry?.kind === "running" || nextTry?.kind === "waiting" || isInGrace(establishment, now);
  return {
    nextTry,
    canRetry: FAILED.includes(state) || (isWorking && !isToWait),
    canSettle: !FAILED.includes(state) && !isWorking,
  };
}

function nextTryOf(live: LiveStep | null, now: Date): NextTry {
  if (live === null) return null;
  if (live.isRunning) return { kind: "running" };
  if (live.startAfter <= now) return { kind: "waiting" };
  return { kind: "planned", at: live.startAfter, failures: live.failures };
}

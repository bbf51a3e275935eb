import type { State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import { promiseNextStep } from "#hosting/estimate/next-step.ts";
import { SETTLED_MS } from "#hosting/jobs/revive.ts";
import { WORKING_STATES } from "#hosting/jobs/step-job.ts";
import { findLastOutputs, type LastOutput } from "./last-outputs.ts";
import type { FindLive } from "./list-incidents.ts";
import { type Remedies, remediesOf } from "./remedies.ts";

const SHOWN = 50;

/** no_job: nothing will end this state. late: past the latest time promised. failing: to be tried again by itself. */
export type Trouble = "no_job" | "late" | "failing";

export interface TroubledStep extends Remedies {
  readonly rne: string;
  readonly griffe: string;
  readonly state: State;
  readonly revision: string;
  readonly since: Date;
  readonly trouble: Trouble;
  /** The latest time that was promised for the end of this state. */
  readonly latestAt: Date | null;
  readonly output: LastOutput | null;
}

export interface TroubledSteps {
  readonly counts: Readonly<Record<Trouble, number>>;
  /** The worst first, then the oldest. */
  readonly shown: readonly TroubledStep[];
}

const RANKS = { no_job: 0, late: 1, failing: 2 } as const satisfies Record<Trouble, number>;

/** The states in which hosting acts and that do not go on as they should, other than those with an open incident. */
export async function listTroubledSteps(context: HostingContext, findLive: FindLive): Promise<TroubledSteps> {
  const acting = await context.db.establishment.findMany({
    where: { state: { in: [...WORKING_STATES] }, incidents: { none: { resolvedAt: null } } },
    orderBy: { since: "asc" },
  });
  const begun = await context.db.history.findMany({
    where: { revision: { in: acting.map(({ revision }) => revision) } },
  });
  const begunBy = new Map(begun.map((change) => [change.revision, change]));
  const now = context.clock.now();
  const troubled: Omit<TroubledStep, "output">[] = [];
  const counts = { no_job: 0, late: 0, failing: 0 };
  for (const establishment of acting) {
    const live = findLive(establishment);
    const promise = await promiseNextStep(
      context,
      establishment,
      begunBy.get(establishment.revision) ?? null,
    );
    const latestAt = promise ? new Date(promise.latestMs) : null;
    const isSettled = establishment.since.getTime() < now.getTime() - SETTLED_MS;
    const isLate = latestAt !== null && latestAt < now;
    const isFailing = live !== null && live.failures > 0;
    const trouble = live === null && isSettled ? "no_job" : isLate ? "late" : isFailing ? "failing" : null;
    if (trouble === null) continue;
    counts[trouble] += 1;
    const { rne, griffe, since } = establishment;
    troubled.push({
      ...{ rne, griffe, since, trouble, latestAt },
      ...{ state: stateOf(establishment), revision: String(establishment.revision) },
      ...remediesOf(establishment, live, now),
    });
  }
  troubled.sort((left, right) => RANKS[left.trouble] - RANKS[right.trouble]);
  const shown = troubled.slice(0, SHOWN);
  const findOutput = await findLastOutputs(
    context,
    shown.map(({ rne }) => rne),
  );
  return { counts, shown: shown.map((step) => ({ ...step, output: findOutput(step.rne, step.since) })) };
}

import { STATES, type State } from "#contract/states.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { STATE_JOBS, stateOf } from "#hosting/establishment/lifecycle.ts";
import { findJobStanding, hurryJob, type JobStanding, listLiveJobs } from "#platform/queue/live-jobs.ts";
import type { Establishment } from "#prisma/generated/client.ts";

/** The states that hosting itself leaves, by a job. */
export const WORKING_STATES: readonly State[] = STATES.filter((state) => STATE_JOBS[state]);

/** The job of a state that is not over. */
export interface LiveStep {
  readonly isRunning: boolean;
  readonly startAfter: Date;
  readonly failures: number;
}

type Change = Pick<Establishment, "rne" | "revision">;

/** The live jobs of all states; two of the same change count as the one that is further. */
export async function listLiveSteps(context: HostingContext): Promise<(change: Change) => LiveStep | null> {
  const jobs = await listLiveJobs(
    context.db,
    WORKING_STATES.flatMap((state) => STATE_JOBS[state] ?? []),
  );
  const steps = new Map<string, LiveStep>();
  const rankOf = (step: LiveStep) => (step.isRunning ? 0 : step.startAfter.getTime());
  for (const { payload, isRunning, startAfter } of jobs) {
    const key = `${payload.rne} ${payload.revision}`;
    const step = { isRunning, startAfter, failures: payload.failures };
    const known = steps.get(key);
    if (!known || rankOf(step) < rankOf(known)) steps.set(key, step);
  }
  return ({ rne, revision }) => steps.get(`${rne} ${revision}`) ?? null;
}

/** How the job of an establishment's state stands. Its row must be locked for "absent" to stay true. */
export async function findStepStanding(
  transaction: HostingTransaction,
  establishment: Establishment,
): Promise<JobStanding> {
  const job = STATE_JOBS[stateOf(establishment)];
  return job ? findJobStanding(transaction, job, matchOf(establishment)) : "absent";
}

/** Has the planned job of an establishment's state begin now. */
export async function hurryStep(
  transaction: HostingTransaction,
  establishment: Establishment,
): Promise<void> {
  const job = STATE_JOBS[stateOf(establishment)];
  if (job) await hurryJob(transaction, job, matchOf(establishment));
}

/** Enqueues the job of an establishment's state anew; a deletion's waits for the end of its grace period. */
export async function enqueueStep(
  context: HostingContext,
  transaction: HostingTransaction,
  establishment: Establishment,
): Promise<void> {
  const job = STATE_JOBS[stateOf(establishment)];
  if (!job) return;
  const { state, removalDueAt } = establishment;
  const options = state === "BCDIDELETE" && removalDueAt ? { startAfter: removalDueAt } : {};
  await context.queue.enqueue(transaction, job, { ...matchOf(establishment), failures: 0 }, options);
}

function matchOf({ rne, revision }: Change): { rne: string; revision: string } {
  return { rne, revision: String(revision) };
}

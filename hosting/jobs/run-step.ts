import { type Author, STATE_JOBS, StaleState, stateOf } from "#hosting/establishment/lifecycle.ts";
import { ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { type LockName, tryWithAdvisoryLock } from "#platform/database/advisory-lock.ts";
import { failureText } from "#platform/failure.ts";
import type { JobDefinition } from "#platform/queue/job.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import type { StepPayload } from "./definitions.ts";
import type { StepContext } from "./step-context.ts";

const BUSY_DELAY_MS = 2_000;

export interface Step {
  readonly job: JobDefinition<StepPayload>;
  /**
   * Does the step and changes the state. Safe to run again after it was cut anywhere; `signal` is aborted when another
   * run may have begun.
   */
  readonly work: (context: StepContext, establishment: Establishment, signal: AbortSignal) => Promise<void>;
  /** What to wait before the next try after so many failures; null when a person must look. */
  readonly delayMs: (context: StepContext, failures: number) => number | null;
  /** Called once no further try follows by itself; `failures` counts this one. */
  readonly giveUp: (
    context: StepContext,
    establishment: Establishment,
    failure: unknown,
    failures: number,
  ) => Promise<void>;
}

export function jobAuthor(step: Step): Author {
  return { kind: "job", name: step.job.name };
}

/**
 * A step that has brought its worker down so often will do so again: a person looks. As many as the queue's own tries,
 * for workers and databases are restarted for other reasons, too.
 */
const MOST_DEATHS = 10;

export interface StepRun {
  /** The queue's word that it has given the job up. */
  readonly stop?: AbortSignal;
  /** How many workers have died, or lost their database, at this very job. */
  readonly deaths?: number;
}

/** Runs the step that a change of state brought, if the establishment still stands at that very change. */
export async function runStep(
  context: StepContext,
  step: Step,
  payload: StepPayload,
  { stop, deaths = 0 }: StepRun = {},
): Promise<void> {
  // One that comes late need not wait for the one that is at work.
  if (!(await findStanding(context, step, payload))) return;
  const ran = await tryWithAdvisoryLock(context.connectionString, stepLock(payload), async (lockSignal) => {
    const signal = stop ? AbortSignal.any([stop, lockSignal]) : lockSignal;
    const establishment = await findStanding(context, step, payload);
    if (!establishment) return;
    try {
      if (deaths >= MOST_DEATHS)
        throw new ProvisionerFailure(`${deaths} workers died in this step`, { isTransient: false });
      await step.work(context, establishment, signal);
    } catch (failure) {
      // The queue runs it again, like a step whose process died.
      if (signal.aborted) throw signal.reason;
      // A request was faster, with a deletion say: its own job goes on from here.
      if (failure instanceof StaleState) return;
      await handleFailure(context, step, payload, establishment, failure);
    }
  });
  if (!ran) await enqueueAgain(context, step, payload, BUSY_DELAY_MS);
}

/** One step of an establishment at a time. */
export function stepLock({ rne }: Pick<StepPayload, "rne">): LockName {
  return { space: 1, name: rne };
}

/** The establishment, where it still stands at the change that brought the job. */
async function findStanding(
  context: StepContext,
  step: Step,
  { rne, revision }: StepPayload,
): Promise<Establishment | null> {
  const establishment = await context.db.establishment.findUnique({ where: { rne } });
  if (!establishment || String(establishment.revision) !== revision) return null;
  return STATE_JOBS[stateOf(establishment)]?.name === step.job.name ? establishment : null;
}

async function handleFailure(
  context: StepContext,
  step: Step,
  payload: StepPayload,
  establishment: Establishment,
  failure: unknown,
): Promise<void> {
  const { rne, failures } = payload;
  context.log.error({ rne, job: step.job.name, failures, failure: failureText(failure) }, "step failed");
  const mayPass = !(failure instanceof ProvisionerFailure) || failure.isTransient;
  const delayMs = mayPass ? step.delayMs(context, failures) : null;
  if (delayMs !== null) return enqueueAgain(context, step, { ...payload, failures: failures + 1 }, delayMs);
  try {
    await step.giveUp(context, establishment, failure, failures + 1);
  } catch (overtaken) {
    if (!(overtaken instanceof StaleState)) throw overtaken;
  }
}

export async function enqueueAgain(
  context: StepContext,
  step: Step,
  payload: StepPayload,
  delayMs: number,
): Promise<void> {
  const startAfter = new Date(context.clock.now().getTime() + delayMs);
  await context.db.$transaction((transaction) =>
    context.queue.enqueue(transaction, step.job, payload, { startAfter }),
  );
}

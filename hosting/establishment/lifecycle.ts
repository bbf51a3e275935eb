import { randomUUID } from "node:crypto";
import type { StateChangedEvent } from "#contract/events.ts";
import { STATE_CODES, type State, StateSchema } from "#contract/states.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { lockEstablishment } from "#hosting/deposit/lock-establishment.ts";
import { foreseeStep } from "#hosting/estimate/foresee-step.ts";
import {
  alterJob,
  deliverEventJob,
  installJob,
  mountJob,
  openJob,
  removeJob,
  type StepPayload,
} from "#hosting/jobs/definitions.ts";
import type { JobDefinition } from "#platform/queue/job.ts";
import type { Establishment, Prisma } from "#prisma/generated/client.ts";

/** Which state follows which: the whole table, and there is no other. */
export const NEXT_STATES = {
  START: ["BCDIDBWAIT", "STARTERROR", "BCDIDELETE"],
  BCDIDBWAIT: ["BCDIDBUPLOADED", "BCDIALTER", "BCDIDELETE"],
  BCDIDBUPLOADED: ["BCDIDBUPLOADEDRIGHT", "BCDIUPLOADEDERROR", "BCDIDELETE"],
  BCDIDBUPLOADEDRIGHT: ["BCDIREADY", "BCDIUPLOADEDERROR", "BCDIDELETE"],
  BCDIREADY: ["BCDIALTER", "BCDIDELETE"],
  BCDIALTER: ["BCDIDBWAIT", "BCDIREADY", "BCDIDELETE"],
  // Cancelled, a deletion returns to where it came from.
  BCDIDELETE: [
    ...["BCDIDELETED", "START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT"],
    ...["BCDIREADY", "BCDIALTER", "STARTERROR", "BCDIUPLOADEDERROR"],
  ] as State[],
  BCDIDELETED: ["START"],
  STARTERROR: ["START", "BCDIDELETE"],
  BCDIUPLOADEDERROR: ["BCDIDBUPLOADED", "BCDIDELETE"],
} as const satisfies Record<State, readonly State[]>;

/** The job that a state in which hosting acts brings with it. */
export const STATE_JOBS: Partial<Record<State, JobDefinition<StepPayload>>> = {
  START: installJob,
  BCDIDBUPLOADED: mountJob,
  BCDIDBUPLOADEDRIGHT: openJob,
  BCDIALTER: alterJob,
  BCDIDELETE: removeJob,
};

export interface Author {
  readonly kind: "school" | "cyber" | "operator" | "job";
  readonly name: string;
}

/** Someone else changed the state first: nothing was written. */
export class StaleState extends Error {}

/** What may be written together with a change of state. */
export type AlongWith = Omit<
  Prisma.EstablishmentUncheckedUpdateManyInput,
  "rne" | "state" | "since" | "revision"
>;

export function stateOf(establishment: Pick<Establishment, "state">): State {
  return StateSchema.parse(establishment.state);
}

export interface Change {
  readonly from: Establishment;
  readonly to: State;
  readonly author: Author;
  readonly alongWith?: AlongWith;
  /** When the job of the new state may begin, at the earliest. */
  readonly jobStartAfter?: Date;
}

/**
 * Changes a state, and nothing else does: compare-and-set on the change that the caller saw, with the history row,
 * the event and the job of the new state in the caller's transaction. Throws StaleState when it comes too late.
 */
export async function changeState(
  context: HostingContext,
  transaction: HostingTransaction,
  change: Change,
): Promise<Establishment> {
  const { from, to, alongWith = {} } = change;
  const allowed: readonly State[] = NEXT_STATES[stateOf(from)];
  if (!allowed.includes(to)) throw new Error(`illegal transition ${from.state} -> ${to}`);
  // The row first and the number after it: who hands a deposit over holds the row already, and would wait in a circle.
  await lockEstablishment(transaction, from);
  const revision = await nextRevision(transaction);
  const since = context.clock.now();
  const { count } = await transaction.establishment.updateMany({
    where: { rne: from.rne, state: from.state, revision: from.revision },
    data: { ...alongWith, state: to, since, revision, estimateOverrideAt: null },
  });
  if (count === 0) throw new StaleState(`${from.rne} is no longer in ${from.state}`);
  const establishment = await transaction.establishment.findUniqueOrThrow({ where: { rne: from.rne } });
  await record(context, transaction, { establishment, change });
  return establishment;
}

/** The first state of an establishment that did not exist. Throws on a duplicate, by the primary key. */
export async function beginEstablishment(
  context: HostingContext,
  transaction: HostingTransaction,
  given: { rne: string; griffe: string; code: string; version: string },
  author: Author,
): Promise<Establishment> {
  const revision = await nextRevision(transaction);
  const since = context.clock.now();
  const establishment = await transaction.establishment.create({
    data: { ...given, state: "START", since, revision },
  });
  await record(context, transaction, { establishment, change: { from: null, to: "START", author } });
  return establishment;
}

/**
 * Numbers grow in the order of the commits, so that a reader of the feed never passes one that is still to come:
 * the lock is held until the transaction ends.
 */
async function nextRevision(transaction: HostingTransaction): Promise<bigint> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('hosting.revision'))`;
  const [row] = await transaction.$queryRaw<{ next: bigint }[]>`
    SELECT COALESCE(MAX(revision), 0) + 1 AS next FROM hosting."History"`;
  return BigInt(row?.next ?? 1);
}

async function record(
  context: HostingContext,
  transaction: HostingTransaction,
  {
    establishment,
    change,
  }: { establishment: Establishment; change: Omit<Change, "from"> & { from: Establishment | null } },
): Promise<void> {
  const { rne, cycle, revision, since } = establishment;
  const { to, author, from } = change;
  const job = STATE_JOBS[to];
  // It ended before its work began: nothing is to be learnt from that.
  const isCancelled = from?.state === "BCDIDELETE" && to !== "BCDIDELETED";
  const begun = from && (await transaction.history.findUnique({ where: { revision: from.revision } }));
  await transaction.history.create({
    data: {
      ...{ revision, rne, cycle, fromState: from?.state ?? null, state: to, at: since },
      ...{ authorKind: author.kind, authorName: author.name },
      ...(job
        ? await foreseeStep(context, transaction, { rne, cycle, state: to, workers: job.concurrency })
        : {}),
      durationMs: from && !isCancelled ? since.getTime() - beginOf(from) : null,
      endedWorkBytes: begun?.workBytes ?? null,
      endedExpectedMs: begun?.expectedMs ?? null,
      endedAlone: begun?.isAlone ?? null,
    },
  });
  if (context.settings.WEBHOOK_URL) await announce(context, transaction, establishment, to);
  if (!job) return;
  const payload = { rne, revision: String(revision), failures: 0 };
  const startAfter = change.jobStartAfter ? { startAfter: change.jobStartAfter } : {};
  await context.queue.enqueue(transaction, job, payload, startAfter);
}

/** A deletion's work begins when its grace period is over. */
function beginOf({ since, removalDueAt }: Establishment): number {
  return Math.max(since.getTime(), removalDueAt?.getTime() ?? 0);
}

async function announce(
  context: HostingContext,
  transaction: HostingTransaction,
  { rne, since }: Establishment,
  state: State,
): Promise<void> {
  const event: StateChangedEvent = {
    type: "establishment.state_changed",
    timestamp: since.toISOString(),
    data: { rne, state, stateCode: STATE_CODES[state], since: since.toISOString() },
  };
  const eventId = randomUUID();
  await transaction.event.create({
    data: { id: eventId, rne, payload: JSON.stringify(event), createdAt: since },
  });
  await context.queue.enqueue(transaction, deliverEventJob, { eventId });
}

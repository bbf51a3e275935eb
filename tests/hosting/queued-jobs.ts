import { z } from "zod";
import type { HostingContext } from "#hosting/context.ts";
import { runStep, type StepRun } from "#hosting/jobs/run-step.ts";
import { STEPS } from "#hosting/jobs/start.ts";
import type { StepContext } from "#hosting/jobs/step-context.ts";

const Payload = z.object({ rne: z.string(), revision: z.string(), failures: z.number().default(0) });
export type QueuedPayload = z.infer<typeof Payload>;

/** A job of an establishment that is not over. */
export interface QueuedJob {
  readonly id: string;
  readonly name: string;
  readonly payload: QueuedPayload;
  readonly startAfter: Date;
  /** How many workers have died of it. */
  readonly deaths: number;
}

type QueueDatabase = Pick<HostingContext["db"], "$queryRaw" | "$executeRaw">;

/** An establishment's jobs that are not over, in the order in which they may begin. */
export async function listQueuedJobs(db: QueueDatabase, rne: string): Promise<QueuedJob[]> {
  const rows = await db.$queryRaw<
    { id: string; name: string; data: unknown; start_after: Date; retry_count: number }[]
  >`
    SELECT id::text, name, data, start_after, retry_count FROM queue.job
    WHERE state IN ('created', 'retry', 'active') AND data->>'rne' = ${rne} ORDER BY start_after, created_on, id`;
  return rows.map(({ id, name, data, start_after, retry_count }) => ({
    ...{ id, name, payload: Payload.parse(data), startAfter: start_after, deaths: retry_count },
  }));
}

/** Runs the step of a job in this process, as a worker does. */
export async function runQueuedStep(
  context: StepContext,
  { name, payload }: Pick<QueuedJob, "name" | "payload">,
  run: StepRun = {},
): Promise<void> {
  const step = STEPS.find(({ job }) => job.name === name);
  if (!step) throw new Error(`no worker for ${name}`);
  await runStep(context, step, payload, run);
}

/** Says in the queue that a worker has it. */
export async function takeJob(db: QueueDatabase, { id }: QueuedJob): Promise<void> {
  await db.$executeRaw`UPDATE queue.job SET state = 'active', started_on = now() WHERE id = ${id}::uuid`;
}

export async function completeJob(db: QueueDatabase, { id }: QueuedJob): Promise<void> {
  await db.$executeRaw`UPDATE queue.job SET state = 'completed', completed_on = now() WHERE id = ${id}::uuid`;
}

/** One whose worker was killed goes back, as a missing heartbeat has it. */
export async function giveJobBack(db: QueueDatabase, { id }: QueuedJob): Promise<void> {
  await db.$executeRaw`UPDATE queue.job SET state = 'retry', retry_count = retry_count + 1 WHERE id = ${id}::uuid`;
}

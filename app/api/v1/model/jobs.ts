import { z } from "zod";
import { alterStep } from "#hosting/jobs/alter.ts";
import { installStep } from "#hosting/jobs/install.ts";
import { mountStep } from "#hosting/jobs/mount.ts";
import { openStep } from "#hosting/jobs/open.ts";
import { removeStep } from "#hosting/jobs/remove.ts";
import { runStep } from "#hosting/jobs/run-step.ts";
import type { Death } from "./mortal.ts";
import { type Fates, isSecond } from "./predict-run.ts";
import type { World } from "./world.ts";

const STEPS = [installStep, mountStep, openStep, alterStep, removeStep];
const Payload = z.object({ rne: z.string(), revision: z.string(), failures: z.number().default(0) });

export interface QueuedJob {
  readonly id: string;
  readonly name: string;
  readonly payload: z.infer<typeof Payload>;
  readonly startAfter: number;
  /** How many workers have died of it. */
  readonly deaths: number;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly start_after: Date;
  readonly retry_count: number;
}

/** An establishment's jobs that are not over, in the order in which they may begin. */
export async function listJobs({ db }: World, rne: string): Promise<QueuedJob[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT id::text, name, data, start_after, retry_count FROM queue.job
    WHERE state IN ('created', 'retry', 'active') AND data->>'rne' = ${rne} ORDER BY start_after, created_on, id`;
  return rows.map(({ id, name, data, start_after, retry_count }) => ({
    ...{ id, name, payload: Payload.parse(data) },
    startAfter: start_after.getTime(),
    deaths: retry_count,
  }));
}

export const ALL_DONE: Fates = { first: "done", second: "done" };

export interface RunOptions {
  readonly fates?: Fates;
  readonly death?: Death | null;
}

/** How a run ended, and the fates that its operations met: one that was never called met none. */
export interface Run {
  readonly end: "ran" | "killed";
  readonly met: Fates;
}

/** Runs a job as a worker does, in a process of its own. */
export async function deliver(
  world: World,
  { name, payload, deaths }: QueuedJob,
  { fates = ALL_DONE, death = null }: RunOptions = {},
): Promise<Run> {
  const step = STEPS.find((candidate) => candidate.job.name === name);
  if (!step) throw new Error(`no worker for ${name}`);
  const met = { ...ALL_DONE };
  const process = world.openProcess((operation, nth) => {
    const which = isSecond(operation, nth) ? "second" : "first";
    met[which] = fates[which];
    return fates[which];
  }, death);
  const run = runStep(process.context, step, payload, { deaths }).then(() => "ran" as const);
  const end = await Promise.race([run, process.mortal.died]);
  if (end === "killed") await process.bury();
  return { end, met };
}

/** Takes a job from the queue and runs it; one whose worker is killed goes back, as a missing heartbeat has it. */
export async function workOff(world: World, job: QueuedJob, options: RunOptions = {}): Promise<Run> {
  const { db } = world;
  await db.$executeRaw`UPDATE queue.job SET state = 'active' WHERE id = ${job.id}::uuid`;
  const run = await deliver(world, job, options);
  if (run.end === "killed")
    await db.$executeRaw`UPDATE queue.job SET state = 'retry', retry_count = retry_count + 1 WHERE id = ${job.id}::uuid`;
  else await db.$executeRaw`DELETE FROM queue.job WHERE id = ${job.id}::uuid`;
  return run;
}

import {
  completeJob,
  giveJobBack,
  type QueuedJob,
  runQueuedStep,
  takeJob,
} from "#tests/hosting/queued-jobs.ts";
import type { Death } from "./mortal.ts";
import { isSecond, type Outcomes } from "./predict-run.ts";
import type { World } from "./world.ts";

export const ALL_DONE: Outcomes = { first: "done", second: "done" };

export interface RunOptions {
  readonly outcomes?: Outcomes;
  readonly death?: Death | null;
}

/** How a run ended, and the outcomes that its operations met: one that was never called met none. */
export interface Run {
  readonly end: "ran" | "killed";
  readonly met: Outcomes;
}

/** Runs a job as a worker does, in a process of its own. */
export async function deliver(
  world: World,
  job: QueuedJob,
  { outcomes = ALL_DONE, death = null }: RunOptions = {},
): Promise<Run> {
  const met = { ...ALL_DONE };
  const process = world.openProcess((operation, nth) => {
    const which = isSecond(operation, nth) ? "second" : "first";
    met[which] = outcomes[which];
    return outcomes[which];
  }, death);
  const run = runQueuedStep(process.context, job, { deaths: job.deaths }).then(() => "ran" as const);
  const end = await Promise.race([run, process.mortal.died]);
  if (end === "killed") await process.bury();
  return { end, met };
}

/** Takes a job from the queue and runs it; one whose worker is killed goes back, as a missing heartbeat has it. */
export async function workOff(world: World, job: QueuedJob, options: RunOptions = {}): Promise<Run> {
  await takeJob(world.db, job);
  const run = await deliver(world, job, options);
  await (run.end === "killed" ? giveJobBack : completeJob)(world.db, job);
  return run;
}

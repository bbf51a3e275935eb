import { z } from "zod";
import { StaleState } from "#hosting/establishment/lifecycle.ts";
import { alterStep } from "#hosting/jobs/alter.ts";
import type { StepPayload } from "#hosting/jobs/definitions.ts";
import { installStep } from "#hosting/jobs/install.ts";
import { mountStep } from "#hosting/jobs/mount.ts";
import { openStep } from "#hosting/jobs/open.ts";
import { removeStep } from "#hosting/jobs/remove.ts";
import { runStep } from "#hosting/jobs/run-step.ts";
import { Killed } from "./fateful-provisioner.ts";
import type { World } from "./world.ts";

const STEPS = [installStep, mountStep, openStep, alterStep, removeStep];
const Payload = z.object({ rne: z.string(), revision: z.string(), failures: z.number().default(0) });

export interface QueuedJob {
  readonly id: string;
  readonly name: string;
  readonly payload: StepPayload;
}

/** The steps' jobs that wait in the queue, oldest first. */
export async function listQueued({ context }: World): Promise<QueuedJob[]> {
  const rows = await context.db.$queryRaw<{ id: string; name: string; data: unknown }[]>`
    SELECT id::text, name, data FROM queue.job
    WHERE state = 'created' AND name LIKE 'hosting.%' ORDER BY created_on, id`;
  return rows
    .filter(({ name }) => STEPS.some((step) => step.job.name === name))
    .map(({ id, name, data }) => ({ id, name, payload: Payload.parse(data) }));
}

/** Runs a job as the worker does; a job whose worker is killed stays in the queue, as the heartbeat would put it. */
export async function runQueued(world: World, job: QueuedJob): Promise<"ran" | "killed"> {
  const step = STEPS.find((candidate) => candidate.job.name === job.name);
  if (!step) throw new Error(job.name);
  let isKilled = false;
  // A kill runs no error handling: the step's own is passed by the one way that does nothing.
  const killable: typeof step = {
    ...step,
    work: (...parameters) =>
      step.work(...parameters).catch((failure: unknown) => {
        isKilled = failure instanceof Killed;
        throw isKilled ? new StaleState("killed") : failure;
      }),
  };
  await runStep(world.context, killable, job.payload);
  if (isKilled) return "killed";
  await world.context.db.$executeRaw`DELETE FROM queue.job WHERE id = ${job.id}::uuid`;
  return "ran";
}

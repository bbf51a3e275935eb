import { deliverEvent } from "#hosting/events/deliver.ts";
import type { Queue } from "#platform/queue/queue.ts";
import { alterStep } from "./alter.ts";
import { deliverEventJob, keepServersJob, reviveJob, sweepJob } from "./definitions.ts";
import { installStep } from "./install.ts";
import { keepServers } from "./keep-servers.ts";
import { mountStep } from "./mount.ts";
import { openStep } from "./open.ts";
import { removeStep } from "./remove.ts";
import { reviveHosting } from "./revive.ts";
import { runStep } from "./run-step.ts";
import type { StepContext } from "./step-context.ts";
import { sweepHosting } from "./sweep.ts";

/** What hosting does by itself in a state, one for each of its jobs. */
export const STEPS = [installStep, mountStep, openStep, alterStep, removeStep];

/** Begins to work on HOSTING's queues. */
export async function startHostingJobs(queue: Queue, context: StepContext): Promise<void> {
  for (const step of STEPS)
    await queue.work(step.job, (payload, { signal, number }) =>
      runStep(context, step, payload, { stop: signal, deaths: number - 1 }),
    );
  await queue.work(deliverEventJob, ({ eventId }, { isLast }) => deliverEvent(context, eventId, isLast));
  await queue.work(sweepJob, () => sweepHosting(context));
  await queue.work(keepServersJob, () => keepServers(context));
  await queue.work(reviveJob, () => reviveHosting(context));
}

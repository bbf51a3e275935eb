import type { HostingContext } from "#hosting/context.ts";
import { hostingJobs } from "#hosting/jobs/definitions.ts";
import { listLiveSteps } from "#hosting/jobs/step-job.ts";
import { listProcesses, type ProcessSeen } from "#platform/health/list-processes.ts";
import { sendMailJob } from "#platform/mail/outbox.ts";
import { type QueueFigures, readQueueFigures } from "#platform/queue/figures.ts";
import { type Incidents, listIncidents } from "./list-incidents.ts";
import { listTroubledSteps, type TroubledSteps } from "./list-troubled-steps.ts";
import { listUndelivered, type UndeliveredEvents } from "./list-undelivered.ts";
import { type DiskFigures, readDisk } from "./read-disk.ts";

const QUEUES = [...hostingJobs, sendMailJob].map(({ name }) => name);

/** Everything that the operator's first page shows. */
export interface ConsoleFigures {
  readonly incidents: Incidents;
  readonly troubled: TroubledSteps;
  readonly undelivered: UndeliveredEvents;
  readonly queues: readonly QueueFigures[];
  readonly disk: DiskFigures;
  readonly processes: readonly ProcessSeen[];
}

export async function readConsole(context: HostingContext): Promise<ConsoleFigures> {
  // Before the states: one whose job has just ended has then moved on, and is not taken for abandoned.
  const findLive = await listLiveSteps(context);
  const [incidents, troubled, undelivered, queues, disk, processes] = await Promise.all([
    listIncidents(context, findLive),
    listTroubledSteps(context, findLive),
    listUndelivered(context),
    readQueueFigures(context.db, QUEUES),
    readDisk(context),
    listProcesses(context.db, context.clock.now()),
  ]);
  return { incidents, troubled, undelivered, queues, disk, processes };
}

import { z } from "zod";
import { defineJob } from "#platform/queue/job.ts";

/** A job of a state: it acts only while the establishment still stands at that very change. */
const StepPayload = z.object({
  rne: z.string(),
  revision: z.string(),
  /** How many runs have failed before this one. */
  failures: z.number().int().default(0),
});
export type StepPayload = z.infer<typeof StepPayload>;

// A run that fails decides itself when to come back; the queue's own tries are for a process that died.
const afterDeath = { retryLimit: 10, retryDelaySeconds: 1, retryDelayMaxSeconds: 60 };

export const installJob = defineJob({
  name: "hosting.install",
  payload: StepPayload,
  concurrency: 2,
  ...afterDeath,
});
export const mountJob = defineJob({
  name: "hosting.mount",
  payload: StepPayload,
  concurrency: 2,
  ...afterDeath,
});
export const openJob = defineJob({
  name: "hosting.open",
  payload: StepPayload,
  concurrency: 2,
  ...afterDeath,
});
export const alterJob = defineJob({
  name: "hosting.alter",
  payload: StepPayload,
  concurrency: 2,
  ...afterDeath,
});
export const removeJob = defineJob({
  name: "hosting.remove",
  payload: StepPayload,
  concurrency: 1,
  ...afterDeath,
});

/** Posts one event; doubles its delay up to six hours, which makes about three days. */
export const deliverEventJob = defineJob({
  name: "hosting.deliver-event",
  payload: z.object({ eventId: z.uuid() }),
  concurrency: 4,
  retryLimit: 24,
  retryDelaySeconds: 5,
  retryDelayMaxSeconds: 6 * 3600,
});

/** Removes uploads that nobody goes on with, files past their retention and archives past their date. */
export const sweepJob = defineJob({
  name: "hosting.sweep",
  payload: z.object({}),
  concurrency: 1,
  retryLimit: 2,
  retryDelaySeconds: 60,
  cron: "*/10 * * * *",
});

/** Puts back into the queue what should be there and is not: a state's job, an event's delivery. */
export const reviveJob = defineJob({
  name: "hosting.revive",
  payload: z.object({}),
  concurrency: 1,
  retryLimit: 2,
  retryDelaySeconds: 60,
  cron: "*/10 * * * *",
});

/** Opens again the servers that should answer and do not. */
export const keepServersJob = defineJob({
  name: "hosting.keep-servers",
  payload: z.object({}),
  concurrency: 1,
  retryLimit: 0,
  retryDelaySeconds: 60,
  cron: "* * * * *",
});

export const hostingJobs = [
  ...[installJob, mountJob, openJob, alterJob, removeJob],
  ...[deliverEventJob, sweepJob, reviveJob, keepServersJob],
];

import { z } from "zod";
import { defineJob } from "#platform/queue/job.ts";

/**
 * Reads one establishment at the host. With `dueAt` it is the read that was planned for that instant, and does
 * nothing when another has been planned since; without, it always reads.
 */
export const readEstablishmentJob = defineJob({
  name: "cyber.read-establishment",
  payload: z.object({ rne: z.string(), dueAt: z.iso.datetime().optional() }),
  retryLimit: 20,
  retryDelaySeconds: 5,
  retryDelayMaxSeconds: 900,
  concurrency: 4,
});

/** The daily look at everything that changed at the host. */
export const sweepJob = defineJob({
  name: "cyber.sweep",
  payload: z.object({}),
  retryLimit: 20,
  retryDelaySeconds: 30,
  retryDelayMaxSeconds: 3600,
  concurrency: 1,
  cron: "0 5 * * *",
});

export const cyberJobs = [readEstablishmentJob, sweepJob] as const;

import type { CyberContext } from "#cyber/context.ts";
import { sweep } from "#cyber/sweep/sweep.ts";
import type { Queue } from "#platform/queue/queue.ts";
import { readEstablishmentJob, sweepJob } from "./jobs.ts";
import { readEstablishment } from "./read-establishment.ts";

/** Begins to work off CYBER's jobs. */
export async function startCyberJobs(queue: Pick<Queue, "work">, ctx: CyberContext): Promise<void> {
  await queue.work(readEstablishmentJob, (payload) => readEstablishment(ctx, payload));
  await queue.work(sweepJob, () => sweep(ctx));
}

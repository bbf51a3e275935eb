import type { CyberContext } from "#cyber/context.ts";
import { readEstablishmentJob } from "#cyber/jobs/jobs.ts";

const LOST_AFTER_MS = 60 * 60 * 1000;
const MOST = 1000;

/** A planned read that never came (a queue was emptied, a worker long away) is asked for again. */
export async function askAgainAboutLostReads(ctx: CyberContext, now: Date): Promise<number> {
  const rows = await ctx.db.subscription.findMany({
    where: { nextReadAt: { lt: new Date(now.getTime() - LOST_AFTER_MS) } },
    select: { rne: true },
    orderBy: { nextReadAt: "asc" },
    take: MOST,
  });
  await ctx.db.$transaction(async (transaction) => {
    for (const { rne } of rows) await ctx.queue.enqueue(transaction, readEstablishmentJob, { rne });
  });
  return rows.length;
}

import type { CyberContext } from "#cyber/context.ts";
import { readEstablishmentJob } from "#cyber/jobs/jobs.ts";
import type { Transaction } from "#platform/database/client.ts";

/** The queue's clock is the database's: a job may come a little before its time on ours. */
const EARLY_MS = 2_000;

/**
 * Plans the next read in the caller's transaction, which holds the row. A read already planned and no later stays:
 * open pages read every few seconds and must not leave a job behind each time.
 */
export async function scheduleRead(
  ctx: CyberContext,
  transaction: Transaction,
  subscription: { rne: string; nextReadAt: Date | null },
  plannedAt: Date | null,
): Promise<void> {
  const { rne, nextReadAt } = subscription;
  if (plannedAt === null) {
    if (nextReadAt) await transaction.subscription.update({ where: { rne }, data: { nextReadAt: null } });
    return;
  }
  const isStillAhead = nextReadAt !== null && nextReadAt.getTime() > ctx.clock.now().getTime() + EARLY_MS;
  if (isStillAhead && nextReadAt <= plannedAt) return;
  await transaction.subscription.update({ where: { rne }, data: { nextReadAt: plannedAt } });
  const payload = { rne, dueAt: plannedAt.toISOString() };
  await ctx.queue.enqueue(transaction, readEstablishmentJob, payload, { startAfter: plannedAt });
}

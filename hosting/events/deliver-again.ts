import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { deliverEventJob } from "#hosting/jobs/definitions.ts";
import { findJobStanding, hurryJob, type JobStanding, listLiveJobs } from "#platform/queue/live-jobs.ts";
import type { Event } from "#prisma/generated/client.ts";

const BATCH = 500;

/** Events that are neither delivered nor given up, and that no job has in hand. */
export async function listUntendedEvents(context: HostingContext, before: Date): Promise<Event[]> {
  if (!context.settings.WEBHOOK_URL) return [];
  const jobs = await listLiveJobs(context.db, [deliverEventJob]);
  const tended = new Set(jobs.map(({ payload }) => payload.eventId));
  const pending = await context.db.event.findMany({
    where: { deliveredAt: null, abandonedAt: null, createdAt: { lt: before } },
    orderBy: { createdAt: "asc" },
    take: BATCH + tended.size,
  });
  return pending.filter(({ id }) => !tended.has(id)).slice(0, BATCH);
}

type ResendStanding = JobStanding | "delivered";

/** Has an event posted now, with all its tries before it again. "delivered": it has arrived, nothing was done. */
export function deliverAgain(context: HostingContext, eventId: string): Promise<ResendStanding> {
  return context.db.$transaction((transaction) => deliverAgainWithin(context, transaction, eventId));
}

/** The same, together with what else the caller's transaction writes. */
export async function deliverAgainWithin(
  context: HostingContext,
  transaction: HostingTransaction,
  eventId: string,
): Promise<ResendStanding> {
  await transaction.$queryRaw`SELECT 1 AS locked FROM hosting."Event" WHERE id = ${eventId}::uuid FOR UPDATE`;
  const { count } = await transaction.event.updateMany({
    where: { id: eventId, deliveredAt: null },
    data: { abandonedAt: null },
  });
  if (count === 0) return "delivered";
  const standing = await findJobStanding(transaction, deliverEventJob, { eventId });
  if (standing === "planned") await hurryJob(transaction, deliverEventJob, { eventId });
  if (standing === "absent") await context.queue.enqueue(transaction, deliverEventJob, { eventId });
  return standing;
}

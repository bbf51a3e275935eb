import type { HostingContext } from "#hosting/context.ts";
import { deliverEventJob } from "#hosting/jobs/definitions.ts";
import { listLiveJobs } from "#platform/queue/live-jobs.ts";
import type { Event, Prisma } from "#prisma/generated/client.ts";
import type { NextTry } from "./remedies.ts";

/** A receiver that was restarting answers again within a few tries: after so many, a person may want to know. */
const MANY_ATTEMPTS = 5;
const SHOWN = 10;
const ONE_PRESS = 200;

const UNDELIVERED: Prisma.EventWhereInput = {
  deliveredAt: null,
  OR: [{ abandonedAt: { not: null } }, { attempts: { gte: MANY_ATTEMPTS } }],
};

export type UndeliveredEvent = Pick<
  Event,
  "id" | "rne" | "createdAt" | "attempts" | "lastError" | "abandonedAt"
> & { readonly nextTry: NextTry };

export interface UndeliveredEvents {
  readonly total: number;
  readonly shown: readonly UndeliveredEvent[];
}

/** The events that have not arrived after many attempts, or that were given up: oldest first. */
export async function listUndelivered(context: HostingContext): Promise<UndeliveredEvents> {
  const [total, events, jobs] = await Promise.all([
    context.db.event.count({ where: UNDELIVERED }),
    context.db.event.findMany({ where: UNDELIVERED, orderBy: { createdAt: "asc" }, take: SHOWN }),
    listLiveJobs(context.db, [deliverEventJob]),
  ]);
  const now = context.clock.now();
  const byEvent = new Map(jobs.map((job) => [job.payload.eventId, job]));
  const nextTryOf = (event: Event): NextTry => {
    const job = byEvent.get(event.id);
    if (!job) return null;
    if (job.isRunning) return { kind: "running" };
    if (job.startAfter <= now) return { kind: "waiting" };
    return { kind: "planned", at: job.startAfter, failures: event.attempts };
  };
  return { total, shown: events.map((event) => ({ ...event, nextTry: nextTryOf(event) })) };
}

export async function listUndeliveredIds(context: HostingContext): Promise<string[]> {
  const events = await context.db.event.findMany({
    where: UNDELIVERED,
    orderBy: { createdAt: "asc" },
    take: ONE_PRESS,
    select: { id: true },
  });
  return events.map(({ id }) => id);
}

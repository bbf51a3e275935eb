import { Webhook } from "standardwebhooks";
import { StateChangedEventSchema } from "#contract/events.ts";
import type { CyberContext } from "#cyber/context.ts";
import { readEstablishmentJob } from "#cyber/jobs/jobs.ts";

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** "refused": not signed with our secret, or too old. "unknown": not an event, or of a school, that we follow. */
export type Reception = "taken" | "repeated" | "unknown" | "refused";

/**
 * Takes an event of the host's, as Standard Webhooks delivers it. It is a hint: what it causes is a read of the view,
 * asked for in the transaction that remembers the event, so a delivery is neither lost nor acted on twice.
 */
export async function receiveEvent(
  ctx: CyberContext,
  delivery: { body: string; headers: Record<string, string> },
): Promise<Reception> {
  let verified: unknown;
  try {
    verified = new Webhook(ctx.webhookSecret).verify(delivery.body, delivery.headers);
  } catch {
    return "refused";
  }
  const event = StateChangedEventSchema.safeParse(verified);
  if (!event.success) return "unknown";
  const { rne } = event.data.data;
  return ctx.db.$transaction(async (transaction) => {
    if (!(await transaction.subscription.findUnique({ where: { rne }, select: { rne: true } })))
      return "unknown";
    const id = delivery.headers["webhook-id"] ?? "";
    const { count } = await transaction.receivedEvent.createMany({ data: [{ id }], skipDuplicates: true });
    if (count === 0) return "repeated";
    const before = new Date(ctx.clock.now().getTime() - KEPT_MS);
    await transaction.receivedEvent.deleteMany({ where: { at: { lt: before } } });
    await ctx.queue.enqueue(transaction, readEstablishmentJob, { rne });
    return "taken";
  });
}

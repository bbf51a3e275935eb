import type { HostingContext } from "#hosting/context.ts";
import { failureText } from "#platform/failure.ts";
import { postEvent } from "./post-event.ts";

/** Posts one event, signed as Standard Webhooks says. Throws unless the receiver took it; done, it does nothing. */
export async function deliverEvent(context: HostingContext, eventId: string, isLast: boolean): Promise<void> {
  const { WEBHOOK_URL, WEBHOOK_SECRET, PUBLIC_URL } = context.settings;
  const event = await context.db.event.findUnique({ where: { id: eventId } });
  if (!event || event.deliveredAt || event.abandonedAt || !WEBHOOK_URL) return;
  try {
    const receiver = { url: WEBHOOK_URL, secret: WEBHOOK_SECRET, ownUrl: PUBLIC_URL };
    const { payload } = event;
    await postEvent(receiver, { id: `evt_${event.id}`, payload, at: context.clock.now() });
    const data = { attempts: { increment: 1 }, deliveredAt: context.clock.now(), lastError: null };
    await context.db.event.update({ where: { id: eventId }, data });
  } catch (failure) {
    const lastError = failureText(failure).slice(0, 2000);
    const data = {
      attempts: { increment: 1 },
      lastError,
      ...(isLast ? { abandonedAt: context.clock.now() } : {}),
    };
    // Another run, after this one was taken for dead, may have delivered it.
    await context.db.event.updateMany({ where: { id: eventId, deliveredAt: null }, data });
    throw failure;
  }
}

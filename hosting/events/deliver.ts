import { Webhook } from "standardwebhooks";
import type { HostingContext } from "#hosting/context.ts";
import { failureText } from "#platform/failure.ts";

const TIMEOUT_MS = 15_000;

/** Posts one event, signed as Standard Webhooks says. Throws unless the receiver took it; done, it does nothing. */
export async function deliverEvent(context: HostingContext, eventId: string, isLast: boolean): Promise<void> {
  const { WEBHOOK_URL, WEBHOOK_SECRET } = context.settings;
  const event = await context.db.event.findUnique({ where: { id: eventId } });
  if (!event || event.deliveredAt || event.abandonedAt || !WEBHOOK_URL) return;
  try {
    await post(WEBHOOK_URL, WEBHOOK_SECRET, {
      id: `evt_${event.id}`,
      payload: event.payload,
      at: context.clock.now(),
    });
    const data = { attempts: { increment: 1 }, deliveredAt: context.clock.now(), lastError: null };
    await context.db.event.update({ where: { id: eventId }, data });
  } catch (failure) {
    const lastError = failureText(failure).slice(0, 2000);
    const data = {
      attempts: { increment: 1 },
      lastError,
      ...(isLast ? { abandonedAt: context.clock.now() } : {}),
    };
    await context.db.event.update({ where: { id: eventId }, data });
    throw failure;
  }
}

async function post(
  url: string,
  secret: string,
  message: { id: string; payload: string; at: Date },
): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      "Content-Type": "application/json",
      "webhook-id": message.id,
      "webhook-timestamp": String(Math.floor(message.at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(message.id, message.at, message.payload),
    },
    body: message.payload,
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the receiver answered ${answer.status}`);
}

import type { HostingContext } from "#hosting/context.ts";
import { deliverAgainWithin } from "#hosting/events/deliver-again.ts";
import { listUndeliveredIds } from "./list-undelivered.ts";
import { noteAction } from "./note-action.ts";
import { done, type OperatorResult, refuse } from "./operator-result.ts";

/** Has an event that never arrived posted again. */
export async function resendEvent(
  context: HostingContext,
  { eventId, operator }: { eventId: string; operator: string },
): Promise<OperatorResult> {
  const event = await context.db.event.findUnique({ where: { id: eventId } });
  if (!event) return refuse("Cet événement n’existe plus.");
  return context.db.$transaction(async (transaction) => {
    const standing = await deliverAgainWithin(context, transaction, eventId);
    if (standing === "delivered") return done("Cet événement est déjà arrivé\u202f: rien n’a été renvoyé.");
    if (standing === "running" || standing === "waiting") return done("L’envoi est déjà en cours.");
    const establishment = await transaction.establishment.findUnique({ where: { rne: event.rne } });
    const text = `a fait renvoyer l’événement ${eventId}.`;
    if (establishment) await noteAction(context, transaction, establishment, { operator, text });
    return done("Envoi demandé\u202f: il part dans quelques secondes.");
  });
}

/** The same for all of them, the oldest first, as many as one press can take. */
export async function resendAllEvents(
  context: HostingContext,
  { operator }: { operator: string },
): Promise<OperatorResult> {
  const ids = await listUndeliveredIds(context);
  for (const eventId of ids) await resendEvent(context, { eventId, operator });
  if (ids.length === 0) return done("Tous les événements sont arrivés.");
  return done(ids.length === 1 ? "Un événement est renvoyé." : `${ids.length} événements sont renvoyés.`);
}

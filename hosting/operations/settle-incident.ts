import type { HostingContext } from "#hosting/context.ts";
import { lockEstablishment } from "#hosting/deposit/lock-establishment.ts";
import { NOTHING } from "#hosting/json.ts";
import { noteAction } from "./note-action.ts";
import { done, type OperatorResult, refuse } from "./operator-result.ts";
import { remediesOf } from "./remedies.ts";

/** Closes an incident that no step will close by itself; the school no longer reads of it. */
export async function settleIncident(
  context: HostingContext,
  { reference, operator }: { reference: string; operator: string },
): Promise<OperatorResult> {
  const incident = await context.db.incident.findUnique({ where: { reference } });
  if (!incident) return refuse("Cet incident n’existe pas.");
  return context.db.$transaction(async (transaction) => {
    const establishment = await lockEstablishment(transaction, incident);
    const { rne, cycle } = establishment;
    if (!remediesOf(establishment, null, context.clock.now()).canSettle) {
      return refuse("L’étape est encore en échec\u202f: l’incident se fermera quand elle aura réussi.");
    }
    const { count } = await transaction.incident.updateMany({
      where: { reference, resolvedAt: null },
      data: { resolvedAt: context.clock.now() },
    });
    if (count > 0) {
      await transaction.establishment.updateMany({
        where: { rne, problem: { path: ["reference"], equals: reference } },
        data: { problem: NOTHING },
      });
      const text = `a marqué l’incident ${reference} comme réglé.`;
      await noteAction(context, transaction, { rne, cycle }, { operator, text });
    }
    return done("Incident marqué comme réglé.");
  });
}

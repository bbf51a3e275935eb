import type { HostingContext } from "#hosting/context.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import { WORKING_STATES } from "#hosting/jobs/step-job.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { parseLocalInstant } from "#platform/french/parse-local-instant.ts";
import { noteAction } from "./note-action.ts";
import { done, type OperatorResult, refuse, UNKNOWN } from "./operator-result.ts";
import { isInGrace } from "./remedies.ts";

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

interface Request {
  readonly rne: string;
  readonly operator: string;
}

/** The operator's own promise for the next step: a date and time of Paris, as a form's field gives it. */
export async function overrideEstimate(
  context: HostingContext,
  request: Request & { readonly localTime: string },
): Promise<OperatorResult> {
  const localTime = request.localTime.trim().slice(0, 16);
  const at = parseLocalInstant(localTime);
  const nowMs = context.clock.now().getTime();
  if (localTime === "") return refuseTime("Indiquez la date et l’heure.");
  if (at === null) return refuseTime("Cette date ou cette heure n’existe pas.");
  if (at.getTime() <= nowMs)
    return refuseTime("Cette heure est déjà passée\u202f: indiquez une heure à venir.");
  if (at.getTime() > nowMs + YEAR_MS) return refuseTime("C’est dans plus d’un an\u202f: vérifiez l’année.");
  return write(context, request, at);
}

/** Goes back to the estimate that past durations give. */
export function removeEstimateOverride(context: HostingContext, request: Request): Promise<OperatorResult> {
  return write(context, request, null);
}

function refuseTime(detail: string): OperatorResult {
  return refuse(null, [{ field: "localTime", detail }]);
}

async function write(
  context: HostingContext,
  { rne, operator }: Request,
  at: Date | null,
): Promise<OperatorResult> {
  const seen = await context.db.establishment.findUnique({ where: { rne } });
  if (!seen) return UNKNOWN;
  if (at !== null && !WORKING_STATES.includes(stateOf(seen))) {
    return refuse("Aucune étape n’est attendue de l’hébergeur\u202f: il n’y a rien à estimer.");
  }
  if (at !== null && isInGrace(seen, context.clock.now())) {
    return refuse(
      "La suppression peut encore être annulée\u202f: l’établissement lit ici jusqu’à quand, et cette date ne se change pas.",
    );
  }
  if (seen.estimateOverrideAt?.getTime() !== at?.getTime()) {
    const isWritten = await context.db.$transaction(async (transaction) => {
      const { count } = await transaction.establishment.updateMany({
        where: { rne, revision: seen.revision },
        data: { estimateOverrideAt: at },
      });
      const text = at
        ? `a fixé l’estimation de la prochaine étape au ${formatInstant(at)}.`
        : "a retiré son estimation de la prochaine étape.";
      if (count > 0) await noteAction(context, transaction, seen, { operator, text });
      return count > 0;
    });
    if (!isWritten)
      return refuse("L’état vient de changer\u202f: vérifiez l’estimation avant de l’enregistrer.");
  }
  return done(at ? `Estimation fixée au ${formatInstant(at)}.` : "L’estimation automatique est rétablie.");
}

import { changeState, StaleState, stateOf } from "#hosting/establishment/lifecycle.ts";
import { type IncidentText, openIncident, resolveIncidents } from "#hosting/incident/open-incident.ts";
import { NOTHING } from "#hosting/json.ts";
import type { Target } from "#hosting/provisioner/port.ts";
import { failureText } from "#platform/failure.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { alterJob } from "./definitions.ts";
import { operate, targetOf } from "./journal.ts";
import { jobAuthor, type Step } from "./run-step.ts";
import type { StepContext } from "./step-context.ts";

const FAILED: IncidentText = {
  code: "alteration_failed",
  title: "La modification n’a pas pu être appliquée",
  detail:
    "Votre serveur garde ses anciennes informations et reste utilisable. Nous regardons ce qui s’est passé\u202f; vous pouvez demander de nouveau la modification.",
  action: "retry",
  retryable: true,
};

/** What the school reads when not even the old data could be given back to its server. */
const TORN: IncidentText = {
  ...FAILED,
  detail:
    "Votre demande n’a pas abouti, et votre serveur n’a pas pu reprendre toutes ses anciennes informations. Vos bases sont intactes. Nous nous en occupons\u202f: appelez-nous si votre serveur ne répond plus.",
  action: "contact",
  retryable: false,
};

const NOT_PENDING = { alterFrom: null, pendingGriffe: null, pendingCode: null, pendingVersion: null };

function pendingOf(establishment: Establishment): { griffe: string; code: string; version: string } {
  return {
    griffe: establishment.pendingGriffe ?? establishment.griffe,
    code: establishment.pendingCode ?? establishment.code,
    version: establishment.pendingVersion ?? establishment.version,
  };
}

function originOf(establishment: Establishment) {
  return stateOf({ state: establishment.alterFrom ?? "BCDIREADY" });
}

/** BCDIALTER: gives the server its new licence data, then returns to the state it came from. */
export const alterStep: Step = {
  job: alterJob,
  delayMs: ({ retryDelays }, failures) => retryDelays.alterMs[failures] ?? null,
  work: async (context, establishment) => {
    const pending = pendingOf(establishment);
    const target = { ...targetOf(establishment), ...pending };
    await operate(context, target, "alter", (report) => context.provisioner.alter(target, report));
    await context.db.$transaction(async (transaction) => {
      await resolveIncidents(context, transaction, target.rne, [FAILED.code]);
      const alongWith = { ...pending, ...NOT_PENDING, problem: NOTHING };
      await changeState(context, transaction, {
        from: establishment,
        to: originOf(establishment),
        author: jobAuthor(alterStep),
        alongWith,
      });
    });
  },
  giveUp: async (context, establishment, failure) => {
    const target = targetOf(establishment);
    const second = await putBack(context, target);
    const text = second === null ? FAILED : TORN;
    const why = second === null ? failure : `${failureText(failure)}\n\nPutting back: ${second}`;
    await context.db.$transaction(async (transaction) => {
      const problem = await openIncident(context, transaction, { rne: target.rne, failure: why, text });
      const alongWith = { ...NOT_PENDING, problem };
      await changeState(context, transaction, {
        from: establishment,
        to: originOf(establishment),
        author: jobAuthor(alterStep),
        alongWith,
      });
    });
  },
};

/** What the failed change may have half done is undone; returns why that failed too, or null. */
async function putBack(context: StepContext, target: Target): Promise<string | null> {
  try {
    await operate(context, target, "alter", (report) => context.provisioner.alter(target, report));
    return null;
  } catch (failure) {
    if (failure instanceof StaleState) throw failure;
    return failureText(failure);
  }
}

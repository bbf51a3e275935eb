import { changeState, stateOf } from "#hosting/establishment/lifecycle.ts";
import { type IncidentText, openIncident, resolveIncidents } from "#hosting/incident/open-incident.ts";
import { NOTHING } from "#hosting/json.ts";
import { failureText } from "#platform/failure.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { alterJob } from "./definitions.ts";
import { operate, targetOf } from "./journal.ts";
import { jobAuthor, type Step } from "./run-step.ts";

const FAILED: IncidentText = {
  code: "alteration_failed",
  title: "La modification n’a pas pu être appliquée",
  detail:
    "Votre serveur garde ses anciennes informations et reste utilisable. Nous regardons ce qui s’est passé\u202f; vous pouvez demander de nouveau la modification.",
  action: "retry",
  retryable: true,
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
      await resolveIncidents(context, transaction, target.rne);
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
    // What the failed change may have half done is put back; if that fails too, the incident says so.
    await operate(context, target, "alter", (report) => context.provisioner.alter(target, report)).catch(
      (second: unknown) =>
        context.log.error(
          { rne: target.rne, failure: failureText(second) },
          "the old licence data could not be put back",
        ),
    );
    await context.db.$transaction(async (transaction) => {
      const problem = await openIncident(context, transaction, { rne: target.rne, failure, text: FAILED });
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

import type { Connection } from "#contract/establishment.ts";
import { changeState } from "#hosting/establishment/lifecycle.ts";
import { type IncidentText, openIncident, resolveIncidents } from "#hosting/incident/open-incident.ts";
import { NOTHING } from "#hosting/json.ts";
import { openJob } from "./definitions.ts";
import { operate, targetOf } from "./journal.ts";
import { jobAuthor, type Step } from "./run-step.ts";

const FAILED: IncidentText = {
  code: "opening_failed",
  title: "Votre serveur n’a pas pu être ouvert",
  detail:
    "Vos bases sont reçues et montées, rien n’est perdu. L’ouverture du serveur a échoué\u202f: nous nous en occupons. Vous pouvez aussi relancer la mise en service.",
  action: "wait",
  retryable: true,
};

/** BCDIDBUPLOADEDRIGHT: opens the server to BCDI clients. */
export const openStep: Step = {
  job: openJob,
  delayMs: ({ retryDelays }, failures) => retryDelays.depositMs[failures] ?? null,
  work: async (context, establishment) => {
    const target = targetOf(establishment);
    const opened = await operate(context, target, "open", (report) =>
      context.provisioner.open(target, report),
    );
    const connection: Connection = { ...opened, client: context.client };
    await context.db.$transaction(async (transaction) => {
      await resolveIncidents(context, transaction, target.rne, [FAILED.code]);
      const alongWith = { connection, problem: NOTHING };
      await changeState(context, transaction, {
        from: establishment,
        to: "BCDIREADY",
        author: jobAuthor(openStep),
        alongWith,
      });
    });
  },
  giveUp: async (context, establishment, failure) => {
    await context.db.$transaction(async (transaction) => {
      const problem = await openIncident(context, transaction, {
        rne: establishment.rne,
        failure,
        text: FAILED,
      });
      const alongWith = { problem };
      await changeState(context, transaction, {
        from: establishment,
        to: "BCDIUPLOADEDERROR",
        author: jobAuthor(openStep),
        alongWith,
      });
    });
  },
};

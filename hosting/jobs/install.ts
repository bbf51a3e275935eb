import { changeState } from "#hosting/establishment/lifecycle.ts";
import { type IncidentText, openIncident, resolveIncidents } from "#hosting/incident/open-incident.ts";
import { NOTHING } from "#hosting/json.ts";
import { installJob } from "./definitions.ts";
import { operate, targetOf } from "./journal.ts";
import { jobAuthor, type Step } from "./run-step.ts";

const FAILED: IncidentText = {
  code: "installation_failed",
  title: "L’installation de votre serveur a échoué",
  detail:
    "Nous nous en occupons\u202f: vous n’avez rien à faire, et vos informations d’accès ne changeront pas. Vous serez prévenu par courriel dès que l’installation aura abouti.",
  action: "wait",
  retryable: true,
};

/** START: installs the server, then waits for the bases. */
export const installStep: Step = {
  job: installJob,
  delayMs: ({ retryDelays }, failures) => retryDelays.installMs[failures] ?? null,
  work: async (context, establishment) => {
    const target = targetOf(establishment);
    await operate(context, target, "install", (report) => context.provisioner.install(target, report));
    await context.db.$transaction(async (transaction) => {
      await resolveIncidents(context, transaction, target.rne, [FAILED.code]);
      const alongWith = { problem: NOTHING };
      await changeState(context, transaction, {
        from: establishment,
        to: "BCDIDBWAIT",
        author: jobAuthor(installStep),
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
        to: "STARTERROR",
        author: jobAuthor(installStep),
        alongWith,
      });
    });
  },
};

import { rm } from "node:fs/promises";
import { checkDeposit } from "#hosting/deposit/check-deposit.ts";
import { stagingPath } from "#hosting/deposit/storage.ts";
import { changeState } from "#hosting/establishment/lifecycle.ts";
import { type IncidentText, openIncident, resolveIncidents } from "#hosting/incident/open-incident.ts";
import { NOTHING } from "#hosting/json.ts";
import { mountJob } from "./definitions.ts";
import { operate, targetOf } from "./journal.ts";
import { jobAuthor, type Step } from "./run-step.ts";

const FAILED: IncidentText = {
  code: "mounting_failed",
  title: "Le montage de vos bases a été interrompu",
  detail:
    "Vos fichiers sont reçus et gardés, rien n’est perdu. L’incident vient de chez nous et nous nous en occupons. Vous pouvez aussi relancer le montage.",
  action: "wait",
  retryable: true,
};

/** BCDIDBUPLOADED: checks every file, then mounts the bases; or says which file must be replaced. */
export const mountStep: Step = {
  job: mountJob,
  delayMs: ({ retryDelays }, failures) => retryDelays.depositMs[failures] ?? null,
  work: async (context, establishment, signal) => {
    const target = targetOf(establishment);
    const staging = stagingPath(context, establishment);
    const { bases, problem, sizeBytes } = await checkDeposit(context, establishment, { staging, signal });
    // What another run extracts meanwhile into the same folder is not to be mounted half made.
    signal.throwIfAborted();
    const change = { from: establishment, author: jobAuthor(mountStep), sizeBytes };
    if (problem) {
      await context.db.$transaction((transaction) =>
        changeState(context, transaction, { ...change, to: "BCDIUPLOADEDERROR", alongWith: { problem } }),
      );
    } else {
      await operate(context, target, "mount", (report) => context.provisioner.mount(target, bases, report));
      await context.db.$transaction(async (transaction) => {
        const { rne, cycle } = target;
        await transaction.baseFile.updateMany({
          where: { rne, cycle, status: "received" },
          data: { status: "mounted" },
        });
        await resolveIncidents(context, transaction, rne, [FAILED.code]);
        await changeState(context, transaction, {
          ...change,
          to: "BCDIDBUPLOADEDRIGHT",
          alongWith: { problem: NOTHING },
        });
      });
    }
    await rm(staging, { recursive: true, force: true });
  },
  giveUp: async (context, establishment, failure) => {
    // A disk that cannot even do that is told of by the incident.
    await rm(stagingPath(context, establishment), { recursive: true, force: true }).catch(() => {});
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
        author: jobAuthor(mountStep),
        alongWith,
      });
    });
  },
};

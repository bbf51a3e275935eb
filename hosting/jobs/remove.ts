import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { stagingPath, uploadPath } from "#hosting/deposit/storage.ts";
import { changeState, StaleState } from "#hosting/establishment/lifecycle.ts";
import { type IncidentText, openIncident, resolveIncidents } from "#hosting/incident/open-incident.ts";
import { NOTHING } from "#hosting/json.ts";
import { isRestitutionWritten, verifyRestitution } from "#hosting/restitution/verify-restitution.ts";
import { writeRestitution } from "#hosting/restitution/write-restitution.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { removeJob } from "./definitions.ts";
import { operate, targetOf } from "./journal.ts";
import { enqueueAgain, jobAuthor, type Step } from "./run-step.ts";
import type { StepContext } from "./step-context.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const FAILED: IncidentText = {
  code: "removal_failed",
  title: "La suppression prend plus de temps que prévu",
  detail: "Rien n’est effacé tant que vos bases ne sont pas archivées et vérifiées. Nous nous en occupons.",
  action: "wait",
  retryable: true,
};

/** BCDIDELETE: archives the bases, and only then takes the server away. Tried for as long as it takes. */
export const removeStep: Step = {
  job: removeJob,
  // Never given up: `work` itself opens the incident and comes back.
  delayMs: () => null,
  work: async (context, establishment, signal) => {
    await begin(context, establishment);
    const target = targetOf(establishment);
    if (await isRestitutionWritten(context, establishment)) await verifyRestitution(context, establishment);
    else
      await writeRestitution(
        context,
        establishment,
        (directory) =>
          operate(context, target, "archive", (report) =>
            context.provisioner.archive(target, directory, report),
          ),
        signal,
      );
    // Another run may have ended meanwhile, and the school have begun again: those files are not ours.
    signal.throwIfAborted();
    // From here on what is destroyed exists nowhere else, and is never archived again: see isRestitutionWritten.
    await operate(context, target, "remove", (report) => context.provisioner.remove(target, report));
    signal.throwIfAborted();
    await rm(dirname(uploadPath(context, { rne: target.rne, id: "any" })), { recursive: true, force: true });
    await rm(stagingPath(context, target), { recursive: true, force: true });
    await end(context, establishment);
  },
  giveUp: async (context, establishment, failure, failures) => {
    await context.db.$transaction(async (transaction) => {
      const problem = await openIncident(context, transaction, {
        rne: establishment.rne,
        failure,
        text: FAILED,
      });
      const { rne, revision } = establishment;
      await transaction.establishment.updateMany({ where: { rne, revision }, data: { problem } });
    });
    const { removeMs } = context.retryDelays;
    const delayMs = removeMs[Math.min(failures, removeMs.length) - 1] ?? removeMs[0];
    const payload = { rne: establishment.rne, revision: String(establishment.revision), failures };
    await enqueueAgain(context, removeStep, payload, delayMs);
  },
};

/** From here on the deletion cannot be cancelled. */
async function begin(context: StepContext, { rne, revision, removalDueAt }: Establishment): Promise<void> {
  const removalStartedAt = context.clock.now();
  const earlyMs = (removalDueAt?.getTime() ?? 0) - removalStartedAt.getTime();
  // The database's clock may run ahead of ours: too early is not too late.
  if (earlyMs > 0)
    await enqueueAgain(context, removeStep, { rne, revision: String(revision), failures: 0 }, earlyMs);
  const { count } = await context.db.establishment.updateMany({
    where: { rne, revision, state: "BCDIDELETE", removalDueAt: { lte: removalStartedAt } },
    data: { removalStartedAt },
  });
  if (count === 0) throw new StaleState(`${rne} is not to be removed now`);
}

async function end(context: StepContext, establishment: Establishment): Promise<void> {
  const { rne, cycle } = establishment;
  const now = context.clock.now();
  const expiresAt = new Date(now.getTime() + context.settings.DOWNLOAD_RETENTION_DAYS * DAY_MS);
  await context.db.$transaction(async (transaction) => {
    await transaction.download.updateMany({ where: { rne, cycle }, data: { expiresAt } });
    await transaction.baseFile.updateMany({
      where: { rne, cycle, fileRemovedAt: null },
      data: { fileRemovedAt: now },
    });
    await resolveIncidents(context, transaction, rne);
    await changeState(context, transaction, {
      ...{ from: establishment, to: "BCDIDELETED", author: jobAuthor(removeStep) },
      alongWith: {
        downloadsExpireAt: expiresAt,
        connection: NOTHING,
        problem: NOTHING,
        deleteFrom: null,
        alterFrom: null,
        // What a BCDIALTER that the deletion overtook was to change.
        pendingGriffe: null,
        pendingCode: null,
        pendingVersion: null,
      },
    });
  });
}

import { rm } from "node:fs/promises";
import type { HostingContext } from "#hosting/context.ts";
import { lockEstablishment } from "#hosting/deposit/lock-establishment.ts";
import { UPLOAD_LOCKS } from "#hosting/deposit/lock-session.ts";
import { removeStoredFile } from "#hosting/deposit/remove-file.ts";
import { archivePath } from "#hosting/restitution/archive-directory.ts";
import { forgetEndedHostings } from "#hosting/restitution/forget.ts";
import { tryWithAdvisoryLock } from "#platform/database/advisory-lock.ts";
import { failureText } from "#platform/failure.ts";
import type { BaseFile } from "#prisma/generated/client.ts";
import type { StepContext } from "./step-context.ts";
import { removeStrayFiles, removeStrayStaging } from "./sweep-strays.ts";

const HOUR_MS = 60 * 60 * 1000;
const BATCH = 200;

/** What nobody wants any more: half-sent files left alone, mounted files and archives past their date. */
export async function sweepHosting(context: StepContext): Promise<void> {
  await removeIdleUploads(context);
  await removeStrayFiles(context);
  await removeStrayStaging(context);
  await removeMountedFiles(context);
  await removeExpiredArchives(context);
  await forgetEndedHostings(context);
}

async function removeIdleUploads(context: StepContext): Promise<void> {
  const before = new Date(context.clock.now().getTime() - context.settings.UPLOAD_EXPIRY_HOURS * HOUR_MS);
  const idle = await context.db.baseFile.findMany({
    where: { status: "receiving", lastActivityAt: { lt: before } },
    take: BATCH,
  });
  for (const file of idle) {
    await attempt(context, () => removeIdleUpload(context, file, before));
  }
}

/** Unless somebody sends it at this very moment: his lock is asked for, and what he adds is seen under it. */
async function removeIdleUpload(
  context: StepContext,
  file: Pick<BaseFile, "id" | "rne">,
  before: Date,
): Promise<void> {
  await tryWithAdvisoryLock(context.connectionString, { space: UPLOAD_LOCKS, name: file.id }, async () => {
    const { count } = await context.db.$transaction(async (transaction) => {
      await lockEstablishment(transaction, file);
      return transaction.baseFile.deleteMany({
        where: { id: file.id, status: "receiving", lastActivityAt: { lt: before } },
      });
    });
    if (count > 0) await removeStoredFile(context, file);
  });
}

async function removeMountedFiles(context: HostingContext): Promise<void> {
  const days = context.settings.UPLOAD_RETENTION_DAYS;
  const before = new Date(context.clock.now().getTime() - days * 24 * HOUR_MS);
  const mounted = await context.db.baseFile.findMany({
    where: {
      status: "mounted",
      fileRemovedAt: null,
      lastActivityAt: { lt: before },
      establishment: { state: "BCDIREADY" },
    },
    take: BATCH,
  });
  for (const file of mounted) {
    await attempt(context, async () => {
      await removeStoredFile(context, file);
      await context.db.baseFile.update({
        where: { id: file.id },
        data: { fileRemovedAt: context.clock.now() },
      });
    });
  }
}

async function removeExpiredArchives(context: HostingContext): Promise<void> {
  const expired = await context.db.download.findMany({
    // Before BCDIDELETED an archive has not been offered yet.
    where: {
      removedAt: null,
      expiresAt: { lt: context.clock.now() },
      establishment: { state: { not: "BCDIDELETE" } },
    },
    take: BATCH,
  });
  for (const download of expired) {
    await attempt(context, async () => {
      await rm(archivePath(context, download), { force: true });
      await context.db.download.update({
        where: { id: download.id },
        data: { removedAt: context.clock.now() },
      });
    });
  }
}

/** One that cannot be removed does not keep the others. */
async function attempt(context: HostingContext, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (failure) {
    context.log.error({ failure: failureText(failure) }, "sweep: one was left");
  }
}

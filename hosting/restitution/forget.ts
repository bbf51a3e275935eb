import { rm } from "node:fs/promises";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { NOTHING } from "#hosting/json.ts";
import { failureText } from "#platform/failure.ts";
import { archiveDirectory } from "./archive-directory.ts";

const FORGOTTEN = "";
const BATCH = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Ended {
  readonly rne: string;
  readonly cycle: number;
  readonly at: Date;
}

/**
 * Once its archives are gone, of a deleted hosting only a tombstone stays: that this RNE was hosted, and when each step
 * was. Names of files, licence, journals and incidents go: they may name people. A new hosting of the same RNE, which
 * may have begun meanwhile, keeps what is its own.
 */
export async function forgetEndedHostings(context: HostingContext): Promise<void> {
  for (const ended of await listEnded(context)) {
    try {
      await rm(archiveDirectory(context, ended), { recursive: true, force: true });
      await context.db.$transaction((transaction) => forget(transaction, ended));
    } catch (failure) {
      // One that cannot be forgotten does not keep the others.
      context.log.error({ rne: ended.rne, failure: failureText(failure) }, "ended hosting not forgotten");
    }
  }
}

/** The hostings past their date: that of their archives, or of those that they would have had. */
function listEnded(context: HostingContext): Promise<Ended[]> {
  const now = context.clock.now();
  const endedBefore = new Date(now.getTime() - context.settings.DOWNLOAD_RETENTION_DAYS * DAY_MS);
  return context.db.$queryRaw<Ended[]>`
    SELECT step.rne, step.cycle, step.at FROM hosting."History" AS step
    CROSS JOIN LATERAL (
      SELECT MAX("expiresAt") AS "expireAt", COUNT(*) FILTER (WHERE "removedAt" IS NULL) AS "left"
      FROM hosting."Download" WHERE rne = step.rne AND cycle = step.cycle
    ) AS archives
    WHERE step."fromState" = 'BCDIDELETE' AND step.state = 'BCDIDELETED' AND step."authorName" <> ${FORGOTTEN}
      AND archives."left" = 0 AND COALESCE(archives."expireAt" < ${now}, step.at < ${endedBefore})
    ORDER BY step.at LIMIT ${BATCH}`;
}

async function forget(transaction: HostingTransaction, { rne, cycle, at }: Ended): Promise<void> {
  await transaction.establishment.updateMany({
    where: { rne, cycle, state: "BCDIDELETED" },
    data: { griffe: FORGOTTEN, code: FORGOTTEN, problem: NOTHING, connection: NOTHING },
  });
  await transaction.baseFile.deleteMany({ where: { rne, cycle } });
  await transaction.download.deleteMany({ where: { rne, cycle } });
  await transaction.provisioningEntry.deleteMany({ where: { rne, cycle } });
  // Neither knows its cycle, but nothing happens to a hosting after its end.
  await transaction.incident.deleteMany({ where: { rne, openedAt: { lte: at } } });
  await transaction.event.deleteMany({ where: { rne, createdAt: { lte: at } } });
  await transaction.history.updateMany({ where: { rne, cycle }, data: { authorName: FORGOTTEN } });
}

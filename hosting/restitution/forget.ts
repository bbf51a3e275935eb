import type { HostingContext } from "#hosting/context.ts";
import { NOTHING } from "#hosting/json.ts";

const FORGOTTEN = "";

/**
 * Once its archives are gone, of a deleted hosting only a tombstone stays: that this RNE was hosted, and when each step
 * was. Names of files, licence, journals and incidents go: they may name people.
 */
export async function forgetEndedHostings(context: HostingContext): Promise<void> {
  const ended = await context.db.establishment.findMany({
    where: {
      state: "BCDIDELETED",
      downloadsExpireAt: { lt: context.clock.now() },
      griffe: { not: FORGOTTEN },
      downloads: { none: { removedAt: null } },
    },
    select: { rne: true, revision: true },
    take: 200,
  });
  for (const { rne, revision } of ended) {
    await context.db.$transaction(async (transaction) => {
      const { count } = await transaction.establishment.updateMany({
        // A new hosting of the same RNE may have begun meanwhile.
        where: { rne, revision, state: "BCDIDELETED" },
        data: { griffe: FORGOTTEN, code: FORGOTTEN, problem: NOTHING, connection: NOTHING },
      });
      if (count === 0) return;
      await transaction.baseFile.deleteMany({ where: { rne } });
      await transaction.download.deleteMany({ where: { rne } });
      await transaction.incident.deleteMany({ where: { rne } });
      await transaction.provisioningEntry.deleteMany({ where: { rne } });
      await transaction.event.deleteMany({ where: { rne } });
      await transaction.history.updateMany({ where: { rne }, data: { authorName: FORGOTTEN } });
    });
  }
}

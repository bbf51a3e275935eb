import type { CyberContext } from "#cyber/context.ts";
import { parseStoredView } from "#cyber/establishment/stored-view.ts";

const LEAST_AGE_MS = 24 * 60 * 60 * 1000;
const MOST = 500;

/**
 * Once a deleted school has nothing left to download, the addresses of its people, the e-mails sent to them and the names of files go. That
 * it was hosted, and its steps, stay. Returns how many schools were forgotten.
 */
export async function forgetEnded(ctx: CyberContext): Promise<number> {
  const now = ctx.clock.now();
  const ended = await ctx.db.subscription.findMany({
    where: {
      state: "BCDIDELETED",
      since: { lt: new Date(now.getTime() - LEAST_AGE_MS) },
      contacts: { some: {} },
    },
    select: { rne: true, since: true, readAt: true, view: true },
    take: MOST,
  });
  let forgotten = 0;
  for (const { rne, since, readAt, view: stored } of ended) {
    const view = parseStoredView(stored);
    const downloads = view?.downloads ?? [];
    if (downloads.some(({ expiresAt }) => Date.parse(expiresAt) > now.getTime())) continue;
    await ctx.db.$transaction(async (transaction) => {
      // A new hosting may have begun meanwhile: then its people are wanted. A view read meanwhile is not overwritten.
      const { count } = await transaction.subscription.updateMany({
        where: { rne, state: "BCDIDELETED", since, readAt },
        // The names of files may name people, too; the certificate does without.
        data: { lastError: null, ...(view && { view: { ...view, bases: [], downloads: [] } }) },
      });
      if (count === 0) return;
      await transaction.contact.deleteMany({ where: { rne } });
      await transaction.mail.deleteMany({ where: { subjectKey: rne } });
      await transaction.auditEntry.updateMany({ where: { rne }, data: { detail: null } });
      forgotten += 1;
    });
  }
  return forgotten;
}

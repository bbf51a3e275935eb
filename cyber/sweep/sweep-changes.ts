import type { Changes } from "#contract/establishment.ts";
import type { CyberContext } from "#cyber/context.ts";
import { readEstablishmentJob } from "#cyber/jobs/jobs.ts";

const CURSOR_ID = "changes";
const PAGE_LIMIT = 1000;

/**
 * Follows the changes feed from where the last sweep ended. The cursor and the reads it asks for commit together:
 * a sweep that is cut goes on where it was. Returns how many schools are to be read; null when there is no feed.
 */
export async function sweepChanges(ctx: CyberContext): Promise<number | null> {
  let cursor = (await ctx.db.feedCursor.findUnique({ where: { id: CURSOR_ID } }))?.cursor ?? null;
  let asked = 0;
  for (;;) {
    const changes = await ctx.hosting.findChanges({ changedSince: cursor, limit: PAGE_LIMIT });
    if (changes === null) return null;
    asked += await recordPage(ctx, changes);
    if (changes.items.length === 0 || changes.nextCursor === cursor) return asked;
    cursor = changes.nextCursor;
  }
}

async function recordPage(ctx: CyberContext, changes: Changes): Promise<number> {
  const stale = await listStaleRnes(ctx, changes.items);
  const { nextCursor } = changes;
  await ctx.db.$transaction(async (transaction) => {
    for (const rne of stale) await ctx.queue.enqueue(transaction, readEstablishmentJob, { rne });
    await transaction.feedCursor.upsert({
      where: { id: CURSOR_ID },
      create: { id: CURSOR_ID, cursor: nextCursor },
      update: { cursor: nextCursor },
    });
  });
  return stale.length;
}

/** Those that we follow and that we do not already know in this state. */
async function listStaleRnes(ctx: CyberContext, items: Changes["items"]): Promise<string[]> {
  const latest = new Map(items.map((item) => [item.rne, item]));
  const rows = await ctx.db.subscription.findMany({
    where: { rne: { in: [...latest.keys()] } },
    select: { rne: true, state: true, since: true },
  });
  return rows
    .filter((row) => {
      const item = latest.get(row.rne);
      return item && (row.state !== item.state || row.since?.getTime() !== Date.parse(item.since));
    })
    .map((row) => row.rne);
}

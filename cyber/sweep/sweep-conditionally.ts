import type { CyberContext } from "#cyber/context.ts";
import { readEstablishmentJob } from "#cyber/jobs/jobs.ts";

const BATCH = 500;

/** For a provider without a feed: every school that is not over is read, conditionally. Returns how many. */
export async function sweepConditionally(ctx: CyberContext): Promise<number> {
  let asked = 0;
  let after = "";
  for (;;) {
    const rows = await ctx.db.subscription.findMany({
      where: { rne: { gt: after }, OR: [{ state: null }, { state: { not: "BCDIDELETED" } }] },
      select: { rne: true },
      orderBy: { rne: "asc" },
      take: BATCH,
    });
    const last = rows.at(-1);
    if (!last) return asked;
    await ctx.db.$transaction(async (transaction) => {
      for (const { rne } of rows) await ctx.queue.enqueue(transaction, readEstablishmentJob, { rne });
    });
    asked += rows.length;
    after = last.rne;
  }
}

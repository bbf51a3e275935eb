import type { CyberContext } from "#cyber/context.ts";
import { synchronise } from "./synchronise.ts";

const FRESH_MS = 3_000;

/** Reads the host again unless it was read a moment ago; a silent host is asked at most as often. */
export async function refreshIfStale(ctx: CyberContext, rne: string): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - FRESH_MS);
  const row = await ctx.db.subscription.findUnique({
    where: { rne },
    select: { readAt: true, nextReadAt: true, unavailableSince: true },
  });
  if (!row || (row.readAt && row.readAt > before)) return;
  // While the host is silent, the planned reads alone ask it: open pages would only add to its trouble.
  const isPlanned = row.nextReadAt !== null && row.nextReadAt > ctx.clock.now();
  if (row.unavailableSince && isPlanned) return;
  await synchronise(ctx, rne, "page");
}

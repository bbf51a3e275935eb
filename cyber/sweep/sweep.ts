import type { CyberContext } from "#cyber/context.ts";
import { forgetEnded } from "./forget-ended.ts";
import { askAgainAboutLostReads } from "./lost-reads.ts";
import { sweepChanges } from "./sweep-changes.ts";
import { sweepConditionally } from "./sweep-conditionally.ts";

/** The daily look: what changed at the host since the last one, and the reads that were planned and never came. */
export async function sweep(ctx: CyberContext): Promise<void> {
  const startedAt = ctx.clock.now();
  const viaFeed = await sweepChanges(ctx);
  const asked = viaFeed ?? (await sweepConditionally(ctx));
  const lost = await askAgainAboutLostReads(ctx, startedAt);
  const forgotten = await forgetEnded(ctx);
  ctx.log.info({ forgotten, way: viaFeed === null ? "conditional" : "feed", asked, lost }, "sweep");
}

import type { CyberContext } from "#cyber/context.ts";
import {
  isHostingMisaddressed,
  isHostingRefused,
  isHostingUnavailable,
} from "#cyber/hosting-client/failures.ts";
import { applyView } from "./apply-view.ts";
import { planNextRead, planRetry } from "./next-read.ts";
import { scheduleRead } from "./schedule-read.ts";
import { parseStoredView } from "./stored-view.ts";

export type SynchroniseReason = "page" | "planned" | "sweep" | "event" | "action" | "staff";
/** "superseded": a newer read was recorded meanwhile. */
export type SynchroniseOutcome = "applied" | "unchanged" | "superseded" | "unavailable" | "refused";

/**
 * Reads one establishment at the host and records what it learns. When the host does not answer, the last view
 * stays, with since when, and another read is planned.
 */
export async function synchronise(
  ctx: CyberContext,
  rne: string,
  reason: SynchroniseReason,
): Promise<SynchroniseOutcome> {
  const { etag } = await ctx.db.subscription.findUniqueOrThrow({ where: { rne }, select: { etag: true } });
  const requestedAt = ctx.clock.now();
  try {
    const read = await ctx.hosting.readView({ rne, etag });
    if (read.status === "unchanged") {
      return await recordUnchanged(ctx, { rne, etag, requestedAt }, read.retryAfterSeconds);
    }
    const isApplied = await ctx.db.$transaction((transaction) =>
      applyView(ctx, transaction, { ...read, rne, requestedAt }),
    );
    return isApplied ? "applied" : "superseded";
  } catch (failure) {
    if (isHostingUnavailable(failure) || isHostingMisaddressed(failure)) {
      const retryAfterMs = isHostingUnavailable(failure) ? failure.retryAfterMs : null;
      ctx.log.warn({ rne, reason, failure: failure.message }, "the host could not be read");
      await recordSilence(ctx, rne, failure.message, retryAfterMs);
      return "unavailable";
    }
    if (!isHostingRefused(failure)) throw failure;
    ctx.log.error({ rne, reason, failure: failure.message }, "the host refused a read");
    await ctx.db.subscription.update({
      where: { rne },
      data: { lastError: failure.problem.detail, unavailableSince: null },
    });
    return "refused";
  }
}

async function recordUnchanged(
  ctx: CyberContext,
  read: { rne: string; etag: string | null; requestedAt: Date },
  retryAfterSeconds: number | null,
): Promise<SynchroniseOutcome> {
  const { rne, etag, requestedAt } = read;
  return ctx.db.$transaction(async (transaction) => {
    const { count } = await transaction.subscription.updateMany({
      where: { rne, etag, readAt: { lte: requestedAt } },
      data: { readAt: requestedAt, lastError: null, unavailableSince: null },
    });
    if (count === 0) return "superseded";
    const row = await transaction.subscription.findUniqueOrThrow({
      where: { rne },
      select: { rne: true, nextReadAt: true, view: true },
    });
    const view = parseStoredView(row.view);
    const plannedAt = view && planNextRead(view, retryAfterSeconds, ctx.clock.now());
    await scheduleRead(ctx, transaction, row, plannedAt);
    return "unchanged";
  });
}

async function recordSilence(
  ctx: CyberContext,
  rne: string,
  lastError: string,
  retryAfterMs: number | null,
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.$transaction(async (transaction) => {
    await transaction.subscription.updateMany({
      where: { rne, unavailableSince: null },
      data: { unavailableSince: now },
    });
    const row = await transaction.subscription.update({
      where: { rne },
      data: { lastError },
      select: { rne: true, nextReadAt: true, unavailableSince: true },
    });
    await scheduleRead(ctx, transaction, row, planRetry(row.unavailableSince ?? now, retryAfterMs, now));
  });
}

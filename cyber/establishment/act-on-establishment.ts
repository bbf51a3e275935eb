import type { EstablishmentView } from "#contract/establishment.ts";
import type { CyberContext } from "#cyber/context.ts";
import { isHostingRefused } from "#cyber/hosting-client/failures.ts";
import type { ReadView } from "#cyber/hosting-client/port.ts";
import type { Transaction } from "#platform/database/client.ts";
import { applyView } from "./apply-view.ts";
import { getKeyed } from "./establishment-key.ts";
import { parseStoredView } from "./stored-view.ts";
import { synchronise } from "./synchronise.ts";
import { DONE, explainHostingFailure, type VerbResult } from "./verb-result.ts";

export interface Act {
  readonly rne: string;
  /** The e-mail of the person who asks. */
  readonly actor: string;
  /** Word of the journal. */
  readonly action: string;
  readonly detail?: string;
  readonly send: (keyed: { rne: string; key: string }) => Promise<ReadView>;
  /** Whether the wish is already granted: what makes a double press harmless. */
  readonly isDone: (view: EstablishmentView) => boolean;
  readonly record?: (transaction: Transaction) => Promise<void>;
}

/** Asks the host for something with the establishment's key, and records the answer and who asked, together. */
export async function actOnEstablishment(ctx: CyberContext, act: Act): Promise<VerbResult> {
  const { rne } = act;
  try {
    const keyed = await getKeyed(ctx, rne);
    const requestedAt = ctx.clock.now();
    const read = await act.send(keyed);
    await ctx.db.$transaction(async (transaction) => {
      await applyView(ctx, transaction, { ...read, rne, requestedAt });
      await act.record?.(transaction);
      await transaction.auditEntry.create({
        data: {
          rne,
          at: ctx.clock.now(),
          actor: act.actor,
          action: act.action,
          detail: act.detail ?? null,
        },
      });
    });
    return DONE;
  } catch (failure) {
    if (isHostingRefused(failure) && failure.status === 409 && (await isAlreadyDone(ctx, act))) {
      return DONE;
    }
    return explainHostingFailure(ctx, failure);
  }
}

async function isAlreadyDone(ctx: CyberContext, { rne, isDone }: Act): Promise<boolean> {
  await synchronise(ctx, rne, "action");
  const row = await ctx.db.subscription.findUniqueOrThrow({ where: { rne }, select: { view: true } });
  const view = parseStoredView(row.view);
  return view !== null && isDone(view);
}

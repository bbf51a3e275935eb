import type { EstablishmentView } from "#contract/establishment.ts";
import type { CyberContext } from "#cyber/context.ts";
import { isPastFirstPromise } from "./first-promise.ts";
import { type GivenBackFile, listGivenBack } from "./given-back.ts";
import { type PendingChange, parsePendingChange } from "./pending-change.ts";
import { parseStoredView } from "./stored-view.ts";

export interface SubscriptionDetails {
  readonly rne: string;
  readonly name: string;
  readonly griffe: string;
  readonly code: string;
  readonly version: string;
  /** The last view read; null while the host has never answered. */
  readonly view: EstablishmentView | null;
  readonly readAt: Date | null;
  readonly unavailableSince: Date | null;
  readonly lastError: string | null;
  /** The step takes longer than was first promised, whatever has been promised since. */
  readonly isLate: boolean;
  readonly pendingChange: PendingChange | null;
  /** What a hosting that is over gave back. */
  readonly givenBack: readonly GivenBackFile[];
  readonly contacts: readonly { readonly email: string; readonly name: string | null }[];
}

/** Null for a school that is not followed. */
export async function findSubscription(
  ctx: Pick<CyberContext, "db" | "clock">,
  rne: string,
): Promise<SubscriptionDetails | null> {
  const row = await ctx.db.subscription.findUnique({
    where: { rne },
    select: {
      ...{ rne: true, name: true, griffe: true, code: true, version: true, view: true },
      ...{ readAt: true, unavailableSince: true, lastError: true, pendingChange: true, firstPromise: true },
      givenBack: true,
      contacts: { select: { email: true, name: true }, orderBy: { email: "asc" } },
    },
  });
  if (!row) return null;
  const { firstPromise, ...rest } = row;
  const view = parseStoredView(row.view);
  return {
    ...rest,
    view,
    isLate: view !== null && isPastFirstPromise(firstPromise, view, ctx.clock.now()),
    pendingChange: parsePendingChange(row.pendingChange),
    givenBack: listGivenBack(row.givenBack, view),
  };
}

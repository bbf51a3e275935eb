import type { EstablishmentView } from "#contract/establishment.ts";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { attemptChange } from "./attempt-change.ts";
import { type Author, stateOf } from "./lifecycle.ts";
import { buildView } from "./view.ts";

const TOO_LATE =
  "Le délai d’annulation est passé\u202f: la suppression a commencé. Vos bases restent téléchargeables ensuite.";

/** Takes a deletion back while its grace period lasts: the establishment returns to the state it came from. */
export async function cancelDeletion(
  context: HostingContext,
  { establishment, author }: { establishment: Establishment; author: Author },
): Promise<EstablishmentView> {
  if (stateOf(establishment) !== "BCDIDELETE" || establishment.deleteFrom === null) {
    throw new Refusal("state_conflict", { detail: "Aucune suppression n’est en cours." });
  }
  const change = {
    from: establishment,
    to: stateOf({ state: establishment.deleteFrom }),
    author,
    alongWith: { deleteFrom: null, removalDueAt: null },
  };
  // The removal may have begun since the establishment was read; locked, it cannot begin any more.
  const returned = await attemptChange(
    context,
    change,
    async (_transaction, { removalDueAt, removalStartedAt }) => {
      const now = context.clock.now();
      if (removalStartedAt || (removalDueAt ?? now) <= now)
        throw new Refusal("state_conflict", { detail: TOO_LATE });
    },
  );
  return buildView(context, returned);
}

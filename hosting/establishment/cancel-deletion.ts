import type { EstablishmentView } from "#contract/establishment.ts";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { attemptChange } from "./attempt-change.ts";
import { type Author, stateOf } from "./lifecycle.ts";
import { buildView } from "./view.ts";

/** Takes a deletion back while its grace period lasts: the establishment returns to the state it came from. */
export async function cancelDeletion(
  context: HostingContext,
  { establishment, author }: { establishment: Establishment; author: Author },
): Promise<EstablishmentView> {
  if (stateOf(establishment) !== "BCDIDELETE" || establishment.deleteFrom === null) {
    throw new Refusal("state_conflict", { detail: "Aucune suppression n’est en cours." });
  }
  const isOver = (establishment.removalDueAt ?? context.clock.now()) <= context.clock.now();
  if (isOver || establishment.removalStartedAt) {
    throw new Refusal("state_conflict", {
      detail:
        "Le délai d’annulation est passé\u202f: la suppression a commencé. Vos bases restent téléchargeables ensuite.",
    });
  }
  const returned = await attemptChange(context, {
    from: establishment,
    to: stateOf({ state: establishment.deleteFrom }),
    author,
    alongWith: { deleteFrom: null, removalDueAt: null },
  });
  return buildView(context, returned);
}

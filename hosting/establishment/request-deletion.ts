import type { EstablishmentView } from "#contract/establishment.ts";
import type { HostingContext } from "#hosting/context.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { attemptChange, withLatest } from "./attempt-change.ts";
import { type Author, stateOf } from "./lifecycle.ts";
import { buildView } from "./view.ts";

/** Asks for the hosting's end, carried out after the grace period. Asked again, it answers the same. */
export function requestDeletion(
  context: HostingContext,
  { establishment, author }: { establishment: Establishment; author: Author },
): Promise<EstablishmentView> {
  return withLatest(context, establishment, (latest) => attempt(context, latest, author));
}

async function attempt(
  context: HostingContext,
  establishment: Establishment,
  author: Author,
): Promise<EstablishmentView> {
  const state = stateOf(establishment);
  if (state === "BCDIDELETE" || state === "BCDIDELETED") return buildView(context, establishment);
  const now = context.clock.now().getTime();
  const removalDueAt = new Date(now + context.settings.DELETION_GRACE_MINUTES * 60_000);
  const deleting = await attemptChange(context, {
    from: establishment,
    to: "BCDIDELETE",
    author,
    alongWith: { deleteFrom: state, removalDueAt, removalStartedAt: null },
    jobStartAfter: removalDueAt,
  });
  return buildView(context, deleting);
}

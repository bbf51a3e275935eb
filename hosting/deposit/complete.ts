import type { EstablishmentView } from "#contract/establishment.ts";
import type { HostingContext } from "#hosting/context.ts";
import { type Author, changeState } from "#hosting/establishment/lifecycle.ts";
import { buildView } from "#hosting/establishment/view.ts";
import { NOTHING } from "#hosting/json.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { refuseIncompleteDeposit } from "./completeness.ts";
import { listFiles } from "./list.ts";
import { lockEstablishment } from "./lock-establishment.ts";
import { isDepositOpen, refuseClosedDeposit } from "./open.ts";

/** Hands the deposit over to be checked and mounted. Said again, it answers the same. */
export async function completeDeposit(
  context: HostingContext,
  { establishment, author }: { establishment: Establishment; author: Author },
): Promise<EstablishmentView> {
  if (establishment.depositCompletedAt && !isDepositOpen(establishment))
    return buildView(context, establishment);
  const completed = await context.db.$transaction(async (transaction) => {
    const locked = await lockEstablishment(transaction, establishment);
    if (locked.depositCompletedAt && !isDepositOpen(locked)) return locked;
    refuseClosedDeposit(locked);
    refuseIncompleteDeposit(await listFiles(transaction, locked));
    return changeState(context, transaction, {
      from: locked,
      to: "BCDIDBUPLOADED",
      author,
      alongWith: { depositCompletedAt: context.clock.now(), problem: NOTHING },
    });
  });
  return buildView(context, completed);
}

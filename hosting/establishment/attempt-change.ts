import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { lockEstablishment } from "#hosting/deposit/lock-establishment.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { type Change, changeState, StaleState } from "./lifecycle.ts";

const MOST_LOOKS = 10;

/**
 * Does what `attempt` does with the establishment as it stands; overtaken by a job or by another request, looks again,
 * so that a request said twice at once is answered twice alike.
 */
export async function withLatest<Result>(
  context: HostingContext,
  given: Establishment,
  attempt: (establishment: Establishment) => Promise<Result>,
): Promise<Result> {
  let establishment = given;
  for (let looks = 1; ; looks += 1) {
    try {
      return await attempt(establishment);
    } catch (failure) {
      if (!(failure instanceof Refusal) || looks === MOST_LOOKS) throw failure;
      const latest = await context.db.establishment.findUniqueOrThrow({ where: { rne: given.rne } });
      if (latest.revision === establishment.revision || latest.cycle !== given.cycle) throw failure;
      establishment = latest;
    }
  }
}

/** Refuses the change, by what stands once the establishment is locked. */
export type Refuse = (transaction: HostingTransaction, locked: Establishment) => Promise<void>;

/** A change that a request asks for, in a transaction of its own; overtaken by another one, it is a conflict. */
export async function attemptChange(
  context: HostingContext,
  change: Change,
  refuse: Refuse = async () => {},
): Promise<Establishment> {
  try {
    return await context.db.$transaction(async (transaction) => {
      await refuse(transaction, await lockEstablishment(transaction, change.from));
      return changeState(context, transaction, change);
    });
  } catch (failure) {
    if (!(failure instanceof StaleState)) throw failure;
    throw new Refusal("state_conflict", {
      detail: "L’état de l’hébergement vient de changer\u202f: relisez-le avant de recommencer.",
      retryAfterSeconds: 1,
    });
  }
}

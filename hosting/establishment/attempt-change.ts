import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { type Change, changeState, StaleState } from "./lifecycle.ts";

/** A change that a request asks for, in a transaction of its own; overtaken by another one, it is a conflict. */
export async function attemptChange(context: HostingContext, change: Change): Promise<Establishment> {
  try {
    return await context.db.$transaction((transaction) => changeState(context, transaction, change));
  } catch (failure) {
    if (!(failure instanceof StaleState)) throw failure;
    throw new Refusal("state_conflict", {
      detail: "L’état de l’hébergement vient de changer\u202f: relisez-le avant de recommencer.",
      retryAfterSeconds: 1,
    });
  }
}

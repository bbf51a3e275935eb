import type { EstablishmentChanges, EstablishmentView } from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { NOTHING } from "#hosting/json.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { attemptChange, withLatest } from "./attempt-change.ts";
import { type Author, stateOf } from "./lifecycle.ts";
import { buildView } from "./view.ts";

/** States that hosting leaves by itself for one in which a change is taken. */
const PASSING: readonly State[] = ["START", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT"];

/** Asks for other licence data: BCDIALTER until the server has them. The same change again changes nothing. */
export function alterEstablishment(
  context: HostingContext,
  given: { establishment: Establishment; changes: EstablishmentChanges; author: Author },
): Promise<EstablishmentView> {
  return withLatest(context, given.establishment, (establishment) =>
    attempt(context, { ...given, establishment }),
  );
}

async function attempt(
  context: HostingContext,
  {
    establishment,
    changes,
    author,
  }: { establishment: Establishment; changes: EstablishmentChanges; author: Author },
): Promise<EstablishmentView> {
  const state = stateOf(establishment);
  if (state === "BCDIALTER") {
    if (isUnderWay(establishment, changes)) return buildView(context, establishment);
    throw new Refusal("state_conflict", {
      detail: "Une modification est déjà en cours\u202f: attendez qu’elle soit effective.",
      retryAfterSeconds: 30,
    });
  }
  if (state !== "BCDIDBWAIT" && state !== "BCDIREADY") {
    throw new Refusal("state_conflict", {
      detail:
        "Les données ne peuvent être modifiées que lorsque le serveur attend les bases ou qu’il est opérationnel.",
      ...(PASSING.includes(state) ? { retryAfterSeconds: 60 } : {}),
    });
  }
  const altered = await attemptChange(context, {
    from: establishment,
    to: "BCDIALTER",
    author,
    alongWith: {
      alterFrom: state,
      pendingGriffe: changes.griffe ?? establishment.griffe,
      pendingCode: changes.code ?? establishment.code,
      pendingVersion: changes.version ?? establishment.version,
      problem: NOTHING,
    },
  });
  return buildView(context, altered);
}

function isUnderWay(establishment: Establishment, changes: EstablishmentChanges): boolean {
  return (
    (changes.griffe ?? establishment.griffe) === establishment.pendingGriffe &&
    (changes.code ?? establishment.code) === establishment.pendingCode &&
    (changes.version ?? establishment.version) === establishment.pendingVersion
  );
}

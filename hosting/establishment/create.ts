import type { CreatedEstablishment, CreateEstablishment } from "#contract/establishment.ts";
import { deriveEstablishmentKey } from "#hosting/access/keys.ts";
import type { HostingContext } from "#hosting/context.ts";
import { NOTHING } from "#hosting/json.ts";
import { Refusal } from "#hosting/refusal.ts";
import { failureCode } from "#platform/failure.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { type Author, beginEstablishment, changeState, StaleState, stateOf } from "./lifecycle.ts";
import { buildView } from "./view.ts";

const CYBER: Author = { kind: "cyber", name: "cyber" };

/** Creates an establishment, or says again what it said for the same data. After BCDIDELETED a new cycle begins. */
export async function createEstablishment(
  context: HostingContext,
  given: CreateEstablishment,
): Promise<CreatedEstablishment> {
  const establishment = await findOrCreate(context, given);
  const view = await buildView(context, establishment);
  return { ...view, key: deriveEstablishmentKey(context.settings.SECRET_KEY, establishment) };
}

async function findOrCreate(context: HostingContext, given: CreateEstablishment): Promise<Establishment> {
  const existing = await context.db.establishment.findUnique({ where: { rne: given.rne } });
  try {
    if (!existing)
      return await context.db.$transaction((tx) => beginEstablishment(context, tx, given, CYBER));
    if (stateOf(existing) === "BCDIDELETED") return await beginAgain(context, existing, given);
  } catch (failure) {
    // Someone created it in between: P2002 is Prisma's duplicate key. The answer is then the same as for a repeat.
    if (failureCode(failure) !== "P2002" && !(failure instanceof StaleState)) throw failure;
    return findOrCreate(context, given);
  }
  const isSame =
    existing.griffe === given.griffe && existing.code === given.code && existing.version === given.version;
  if (isSame) return existing;
  throw new Refusal("already_exists", {
    detail: `L’établissement ${given.rne} existe déjà avec d’autres données. Pour les changer, demandez une modification.`,
  });
}

function beginAgain(
  context: HostingContext,
  ended: Establishment,
  given: CreateEstablishment,
): Promise<Establishment> {
  return context.db.$transaction((tx) =>
    changeState(context, tx, {
      from: ended,
      to: "START",
      author: CYBER,
      alongWith: {
        griffe: given.griffe,
        code: given.code,
        version: given.version,
        cycle: ended.cycle + 1,
        keyVersion: 1,
        alterFrom: null,
        deleteFrom: null,
        connection: NOTHING,
        problem: NOTHING,
        depositCompletedAt: null,
        removalDueAt: null,
        removalStartedAt: null,
        downloadsExpireAt: null,
      },
    }),
  );
}

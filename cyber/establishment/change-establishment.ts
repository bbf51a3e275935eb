import { type EstablishmentChanges, EstablishmentChangesSchema } from "#contract/establishment.ts";
import type { CyberContext } from "#cyber/context.ts";
import { NARROW } from "#platform/french/instants.ts";
import { actOnEstablishment } from "./act-on-establishment.ts";
import { toFieldErrors } from "./field-errors.ts";
import type { PendingChange } from "./pending-change.ts";
import { refuse, type VerbResult } from "./verb-result.ts";

const FIELD_NAMES = { griffe: "Griffe", code: "Code", version: "Type de version" } as const;

/** Asks for other licence data; what stays the same is not sent. */
export async function changeEstablishment(
  ctx: CyberContext,
  { rne, actor, changes }: { rne: string; actor: string; changes: Record<string, unknown> },
): Promise<VerbResult> {
  const parsed = EstablishmentChangesSchema.safeParse(changes);
  if (!parsed.success) return refuse("Vérifiez les champs signalés.", toFieldErrors(parsed.error));
  const row = await ctx.db.subscription.findUniqueOrThrow({
    where: { rne },
    select: { griffe: true, code: true, version: true },
  });
  const wanted = keepDifferent(row, parsed.data);
  if (Object.keys(wanted).length === 0) {
    return refuse(`Ces données sont déjà celles de l’établissement${NARROW}: il n’y a rien à modifier.`);
  }
  const pendingChange: PendingChange = {
    from: row,
    to: { ...row, ...wanted },
    requestedAt: ctx.clock.now().toISOString(),
  };
  return actOnEstablishment(ctx, {
    ...{ rne, actor, action: "change", detail: sayChange(pendingChange) },
    send: (keyed) => ctx.hosting.change({ ...keyed, changes: wanted }),
    isDone: (view) => view.state === "BCDIALTER",
    // Only while it is being carried out: a host that is done at once has nothing pending.
    record: async (transaction) => {
      await transaction.subscription.updateMany({
        where: { rne, state: "BCDIALTER" },
        data: { pendingChange },
      });
    },
  });
}

function keepDifferent(
  row: { griffe: string; code: string; version: string },
  changes: EstablishmentChanges,
): { griffe?: string; code?: string; version?: "CL" | "SP" } {
  return {
    ...(changes.griffe !== undefined && changes.griffe !== row.griffe ? { griffe: changes.griffe } : {}),
    ...(changes.code !== undefined && changes.code !== row.code ? { code: changes.code } : {}),
    ...(changes.version !== undefined && changes.version !== row.version ? { version: changes.version } : {}),
  };
}

function sayChange({ from, to }: PendingChange): string {
  const fields = ["griffe", "code", "version"] as const;
  return fields
    .filter((field) => from[field] !== to[field])
    .map((field) => `${FIELD_NAMES[field]}${NARROW}: ${from[field]} → ${to[field]}`)
    .join("\n");
}

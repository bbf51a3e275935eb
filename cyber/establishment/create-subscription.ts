import type { CyberContext } from "#cyber/context.ts";
import type { Transaction } from "#platform/database/client.ts";
import { applyView } from "./apply-view.ts";
import { sealKey } from "./establishment-key.ts";
import { toFieldErrors } from "./field-errors.ts";
import { type NewSubscription, NewSubscriptionSchema } from "./new-subscription.ts";
import { explainHostingFailure, refuse, type VerbResult } from "./verb-result.ts";

export type CreateSubscriptionResult = VerbResult & { readonly rne?: string };

/**
 * Creates a school's hosting: asks the host first, then keeps its key and its first steps. Asked again with the same
 * data it changes nothing, so a cut in between is repaired by asking again.
 */
export async function createSubscription(
  ctx: CyberContext,
  { actor, fields }: { actor: string; fields: Record<string, unknown> },
): Promise<CreateSubscriptionResult> {
  const parsed = NewSubscriptionSchema.safeParse(fields);
  if (!parsed.success) return refuse("Vérifiez les champs signalés.", toFieldErrors(parsed.error));
  const subscription = parsed.data;
  const { rne, griffe, code, version } = subscription;
  const requestedAt = ctx.clock.now();
  try {
    const { key, ...read } = await ctx.hosting.createEstablishment({ rne, griffe, code, version });
    await ctx.db.$transaction(async (transaction) => {
      await storeSubscription(ctx, transaction, { subscription, actor, key });
      await applyView(ctx, transaction, { ...read, rne, requestedAt });
    });
    return { ok: true, rne };
  } catch (failure) {
    return explainHostingFailure(ctx, failure);
  }
}

async function storeSubscription(
  ctx: CyberContext,
  transaction: Transaction,
  created: { subscription: NewSubscription; actor: string; key: string },
): Promise<void> {
  const { subscription, actor, key } = created;
  const { rne, name, griffe, code, version, contacts } = subscription;
  const { count } = await transaction.subscription.createMany({
    data: [{ rne, name, griffe, code, version, createdAt: ctx.clock.now(), createdBy: actor }],
    skipDuplicates: true,
  });
  await transaction.subscription.update({ where: { rne }, data: { name, sealedKey: sealKey(ctx, key) } });
  const added = await transaction.contact.createMany({
    data: contacts.map((email) => ({ rne, email })),
    skipDuplicates: true,
  });
  if (count === 0 && added.count === 0) return;
  const action = count === 1 ? "create" : "add-contacts";
  const detail = contacts.join("\n");
  await transaction.auditEntry.create({ data: { rne, at: ctx.clock.now(), actor, action, detail } });
}

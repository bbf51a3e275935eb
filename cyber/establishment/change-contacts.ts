import type { CyberContext } from "#cyber/context.ts";
import { ContactsSchema } from "./new-subscription.ts";
import { DONE, refuse, type VerbResult } from "./verb-result.ts";

/** Replaces the addresses that are written to, and that may sign in, for one school. */
export async function changeContacts(
  ctx: CyberContext,
  { rne, actor, contacts }: { rne: string; actor: string; contacts: string | undefined },
): Promise<VerbResult> {
  const parsed = ContactsSchema.safeParse(contacts ?? "");
  if (!parsed.success) {
    const detail = parsed.error.issues[0]?.message ?? "Vérifiez les adresses.";
    return refuse("Vérifiez les adresses.", [{ field: "contacts", detail }]);
  }
  const emails = parsed.data;
  await ctx.db.$transaction(async (transaction) => {
    await transaction.contact.deleteMany({ where: { rne, email: { notIn: emails } } });
    await transaction.contact.createMany({
      data: emails.map((email) => ({ rne, email })),
      skipDuplicates: true,
    });
    await transaction.auditEntry.create({
      data: { rne, at: ctx.clock.now(), actor, action: "contacts", detail: emails.join("\n") },
    });
  });
  return DONE;
}

import type { CyberContext } from "#cyber/context.ts";

/** The schools that this address is a contact of. */
export async function listSchoolRnes(ctx: Pick<CyberContext, "db">, email: string): Promise<string[]> {
  const contacts = await ctx.db.contact.findMany({
    where: { email: email.toLowerCase() },
    select: { rne: true },
    orderBy: { rne: "asc" },
  });
  return contacts.map(({ rne }) => rne);
}

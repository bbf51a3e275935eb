import { deriveEstablishmentKey } from "#hosting/access/keys.ts";
import type { HostingContext } from "#hosting/context.ts";
import { noteAction } from "#hosting/operations/note-action.ts";
import type { Establishment } from "#prisma/generated/client.ts";

/** Gives an establishment a new key; the old one and the upload tokens made from it are dead at once. */
export async function rotateKey(context: HostingContext, { rne }: Establishment): Promise<{ key: string }> {
  const owner = await context.db.$transaction(async (transaction) => {
    const rotated = await transaction.establishment.update({
      where: { rne },
      data: { keyVersion: { increment: 1 } },
    });
    const text = `a fait remplacer la clé de l’établissement (version ${rotated.keyVersion}).`;
    await noteAction(context, transaction, rotated, { operator: "CYBER", text });
    return rotated;
  });
  return { key: deriveEstablishmentKey(context.settings.SECRET_KEY, owner) };
}

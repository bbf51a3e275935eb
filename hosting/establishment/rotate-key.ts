import { deriveEstablishmentKey } from "#hosting/access/keys.ts";
import type { HostingContext } from "#hosting/context.ts";
import type { Establishment } from "#prisma/generated/client.ts";

/** Gives an establishment a new key; the old one and the upload tokens made from it are dead at once. */
export async function rotateKey(context: HostingContext, { rne }: Establishment): Promise<{ key: string }> {
  const owner = await context.db.establishment.update({
    where: { rne },
    data: { keyVersion: { increment: 1 } },
  });
  return { key: deriveEstablishmentKey(context.settings.SECRET_KEY, owner) };
}

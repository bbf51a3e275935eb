import type { HostingTransaction } from "#hosting/context.ts";
import type { Establishment } from "#prisma/generated/client.ts";

/**
 * Holds the establishment's row until the transaction ends, so that no file comes or goes while the deposit is being
 * handed over; returns the row as it is then.
 */
export async function lockEstablishment(
  transaction: HostingTransaction,
  { rne }: Pick<Establishment, "rne">,
): Promise<Establishment> {
  await transaction.$queryRaw`SELECT 1 AS locked FROM hosting."Establishment" WHERE rne = ${rne} FOR UPDATE`;
  return transaction.establishment.findUniqueOrThrow({ where: { rne } });
}

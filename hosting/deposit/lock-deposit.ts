import type { HostingTransaction } from "#hosting/context.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { refuseClosedDeposit } from "./open.ts";

/**
 * Holds the establishment's row until the transaction ends and makes sure that the deposit is still open, so that no
 * file comes or goes while the deposit is being handed over.
 */
export async function lockDeposit(transaction: HostingTransaction, { rne }: Pick<Establishment, "rne">): Promise<void> {
  await transaction.$queryRaw`SELECT 1 AS locked FROM hosting."Establishment" WHERE rne = ${rne} FOR UPDATE`;
  refuseClosedDeposit(await transaction.establishment.findUniqueOrThrow({ where: { rne } }));
}

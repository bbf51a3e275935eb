import type { Deposit } from "#contract/deposit.ts";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { listFiles, readDeposit } from "./list.ts";
import { lockEstablishment } from "./lock-establishment.ts";
import { refuseClosedDeposit } from "./open.ts";

/** Puts the files in the wanted order: the first becomes the main base. Every file must be named once. */
export async function orderDeposit(
  context: HostingContext,
  { establishment, order }: { establishment: Establishment; order: readonly string[] },
): Promise<Deposit> {
  await context.db.$transaction(async (transaction) => {
    refuseClosedDeposit(await lockEstablishment(transaction, establishment));
    const files = await listFiles(transaction, establishment);
    const isWhole = order.length === files.length && new Set(order).size === order.length;
    if (!isWhole || !files.every((file) => order.includes(file.id))) {
      throw new Refusal("invalid_request", {
        errors: [{ field: "order", detail: "L’ordre doit citer chaque fichier du dépôt, une fois." }],
      });
    }
    for (const [position, id] of order.entries())
      await transaction.baseFile.update({ where: { id }, data: { position } });
  });
  return readDeposit(context, establishment);
}

import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import type { Establishment } from "#prisma/generated/client.ts";

/** Writes in an establishment's journal what a person of the host did to it, and who. */
export async function noteAction(
  context: HostingContext,
  transaction: Pick<HostingTransaction, "provisioningEntry">,
  { rne, cycle }: Pick<Establishment, "rne" | "cycle">,
  { operator, text }: { operator: string; text: string },
): Promise<void> {
  await transaction.provisioningEntry.create({
    data: {
      ...{ rne, cycle, operation: "operator", outcome: "done", at: context.clock.now() },
      output: `${operator}\u202f: ${text}`,
    },
  });
}

import type { Deposit } from "#contract/deposit.ts";
import { IncidentProblemSchema } from "#contract/problem.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import type { BaseFile, Establishment } from "#prisma/generated/client.ts";
import { toDepositFile } from "./base.ts";
import { isDepositOpen } from "./open.ts";

/** The files of an establishment's deposit, in order. */
export function listFiles(
  db: Pick<HostingTransaction, "baseFile">,
  { rne, cycle }: Pick<Establishment, "rne" | "cycle">,
): Promise<BaseFile[]> {
  return db.baseFile.findMany({
    where: { rne, cycle },
    orderBy: [{ position: "asc" }, { createdAt: "asc" }],
  });
}

/** The deposit as the page shows it; `complete` once it has been handed over. */
export async function readDeposit(context: HostingContext, establishment: Establishment): Promise<Deposit> {
  const files = (await listFiles(context.db, establishment)).map(toDepositFile);
  const ofFiles = files.flatMap((file) => (file.problem ? [file.problem] : []));
  const general = IncidentProblemSchema.nullable().parse(establishment.problem);
  const isOwn = general !== null && !ofFiles.some((problem) => problem.reference === general.reference);
  return {
    files,
    complete: establishment.depositCompletedAt !== null && !isDepositOpen(establishment),
    problems: isOwn ? [general, ...ofFiles] : ofFiles,
  };
}

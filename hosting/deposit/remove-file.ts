import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import { failureCode } from "#platform/failure.ts";
import type { BaseFile, Establishment } from "#prisma/generated/client.ts";
import { lockEstablishment } from "./lock-establishment.ts";
import { refuseClosedDeposit } from "./open.ts";
import { syncDirectory, uploadPath } from "./storage.ts";

/** Takes a file out of an open deposit, finished or not. Its lock must be held. */
export async function removeFile(
  context: HostingContext,
  { establishment, id }: { establishment: Establishment; id: string },
): Promise<void> {
  const removed = await context.db.$transaction(async (transaction) => {
    const { rne, cycle } = establishment;
    refuseClosedDeposit(await lockEstablishment(transaction, establishment));
    const file = await transaction.baseFile.findFirst({ where: { id, rne, cycle } });
    if (!file) throw new Refusal("not_found", { detail: "Ce fichier n’est pas, ou plus, dans le dépôt." });
    return transaction.baseFile.delete({ where: { id } });
  });
  await removeStoredFile(context, removed);
}

/** Removes the bytes of a file whose record is gone. */
export async function removeStoredFile(
  context: HostingContext,
  file: Pick<BaseFile, "rne" | "id">,
): Promise<void> {
  const path = uploadPath(context, file);
  await rm(path, { force: true });
  // The school's folder may have gone with its hosting.
  await syncDirectory(dirname(path)).catch((failure: unknown) => {
    if (failureCode(failure) !== "ENOENT") throw failure;
  });
}

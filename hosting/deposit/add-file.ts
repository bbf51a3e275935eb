import { DEPOSIT_MAX_FILES, UploadMetadataSchema } from "#contract/deposit.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { BaseFile, Establishment } from "#prisma/generated/client.ts";
import { listFiles } from "./list.ts";
import { lockEstablishment } from "./lock-establishment.ts";
import { refuseClosedDeposit } from "./open.ts";
import { removeStoredFile } from "./remove-file.ts";
import { createUploadFile, findFreeBytes, uploadPath } from "./storage.ts";

const UNDER_WAY_MS = 24 * 60 * 60 * 1000;

export interface NewFile {
  readonly establishment: Establishment;
  readonly id: string;
  readonly sizeBytes: number;
  readonly metadata: Record<string, string | null>;
}

/** Adds a file to the deposit. One that bears the name of a rejected file takes its place. */
export async function addFile(
  context: HostingContext,
  { establishment, id, sizeBytes, metadata }: NewFile,
): Promise<void> {
  const parsed = UploadMetadataSchema.safeParse(metadata);
  if (!parsed.success) {
    throw new Refusal("invalid_request", {
      errors: parsed.error.issues.map((issue) => ({
        field: `Upload-Metadata.${String(issue.path[0])}`,
        detail: METADATA_ERRORS[String(issue.path[0])] ?? "Cette indication n’est pas valable.",
      })),
    });
  }
  const { filename, role, sha256, identity } = parsed.data;
  const path = uploadPath(context, { rne: establishment.rne, id });
  const replaced = await context.db.$transaction(async (transaction) => {
    const locked = await lockEstablishment(transaction, establishment);
    refuseClosedDeposit(locked);
    const files = await listFiles(transaction, locked);
    const rejected = files.find((file) => file.status === "rejected" && file.fileName === filename);
    if (files.length - (rejected ? 1 : 0) >= DEPOSIT_MAX_FILES) throw new Refusal("too_many_files");
    await refuseWithoutRoom(context, transaction, sizeBytes);
    const position = role === "main" ? firstPosition(files) : (rejected?.position ?? nextPosition(files));
    if (rejected) await transaction.baseFile.delete({ where: { id: rejected.id } });
    await createUploadFile(path);
    await transaction.baseFile.create({
      data: {
        ...{ id, rne: locked.rne, cycle: locked.cycle, position, fileName: filename, metadata },
        sizeBytes: BigInt(sizeBytes),
        status: sizeBytes === 0 ? "received" : "receiving",
        identity: identity?.toLowerCase() ?? null,
        expectedSha256: sha256?.toLowerCase() ?? null,
        lastActivityAt: context.clock.now(),
      },
    });
    return rejected;
  });
  if (replaced) await removeStoredFile(context, replaced);
}

const METADATA_ERRORS: Record<string, string> = {
  filename: "Le nom du fichier est attendu, sans dossier, en 255\u00a0caractères au plus.",
  role: "Le rôle est main ou secondary.",
  sha256: "L’empreinte SHA-256 s’écrit avec 64\u00a0chiffres hexadécimaux.",
  identity: "L’identité s’écrit avec 64\u00a0chiffres hexadécimaux.",
};

const firstPosition = (files: readonly BaseFile[]) => Math.min(0, ...files.map((file) => file.position)) - 1;
const nextPosition = (files: readonly BaseFile[]) => Math.max(-1, ...files.map((file) => file.position)) + 1;

/** What other files under way, of any school, still have to receive is spoken for; those left alone are not. */
async function refuseWithoutRoom(
  context: HostingContext,
  transaction: HostingTransaction,
  sizeBytes: number,
): Promise<void> {
  const since = new Date(context.clock.now().getTime() - UNDER_WAY_MS);
  const { _sum } = await transaction.baseFile.aggregate({
    where: { status: "receiving", lastActivityAt: { gt: since } },
    _sum: { sizeBytes: true, receivedBytes: true },
  });
  const awaited = Number((_sum.sizeBytes ?? 0n) - (_sum.receivedBytes ?? 0n));
  if ((await findFreeBytes(context)) < awaited + sizeBytes) {
    throw new Refusal("insufficient_storage", { retryAfterSeconds: 300 });
  }
}

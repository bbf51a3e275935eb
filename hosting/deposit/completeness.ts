import type { FieldError } from "#contract/problem.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { BaseFile } from "#prisma/generated/client.ts";

const percent = (file: Pick<BaseFile, "receivedBytes" | "sizeBytes">): string =>
  `${file.sizeBytes === 0n ? 100 : Number((file.receivedBytes * 100n) / file.sizeBytes)}\u00a0%`;

/** Refuses a deposit without a base, or with a base that is not whole or was rejected; says which. */
export function refuseIncompleteDeposit(files: readonly BaseFile[]): void {
  if (files.length === 0) {
    throw new Refusal("main_base_missing", {
      detail: "Déposez au moins votre base principale avant de terminer.",
    });
  }
  const errors: FieldError[] = files
    .filter((file) => file.status === "receiving" || file.status === "rejected")
    .map((file) => ({
      field: file.id,
      detail:
        file.status === "receiving"
          ? `${file.fileName}\u202f: ${percent(file)} reçus, l’envoi n’est pas terminé.`
          : `${file.fileName}\u202f: ce fichier a été refusé, remplacez-le ou retirez-le.`,
    }));
  if (errors.length === 0) return;
  const detail = errors.map((error) => error.detail).join(" ");
  throw new Refusal("deposit_incomplete", { detail, errors, retryAfterSeconds: 30 });
}

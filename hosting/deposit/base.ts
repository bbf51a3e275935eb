import type { Base, DepositFile } from "#contract/deposit.ts";
import { BaseSchema } from "#contract/deposit.ts";
import { IncidentProblemSchema } from "#contract/problem.ts";
import type { BaseFile } from "#prisma/generated/client.ts";

/** A base file as the wire shows it; `index` is its place in the deposit, and the first is the main base. */
export function toBase(file: BaseFile, index: number): Base {
  return {
    id: file.id,
    role: index === 0 ? "main" : "secondary",
    name: file.name,
    fileName: file.fileName,
    size: Number(file.sizeBytes),
    received: Number(file.receivedBytes),
    sha256: file.sha256,
    status: BaseSchema.shape.status.parse(file.status),
    problem: file.problem ? IncidentProblemSchema.parse(file.problem) : null,
  };
}

export function toDepositFile(file: BaseFile, index: number): DepositFile {
  return {
    ...toBase(file, index),
    identity: file.identity,
    lastActivityAt: file.lastActivityAt.toISOString(),
  };
}

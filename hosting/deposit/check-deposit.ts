import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { IncidentProblem } from "#contract/problem.ts";
import { checkArchiveInChild } from "#hosting/archive/check-in-child.ts";
import { ArchiveRejected } from "#hosting/archive/rejected.ts";
import type { HostingContext } from "#hosting/context.ts";
import { NOTHING } from "#hosting/json.ts";
import type { BaseToMount } from "#hosting/provisioner/port.ts";
import type { BaseFile, Establishment } from "#prisma/generated/client.ts";
import { listFiles } from "./list.ts";
import { depositProblem, rejectionProblem } from "./rejection.ts";
import { uploadPath } from "./storage.ts";

export interface CheckedDeposit {
  readonly bases: readonly BaseToMount[];
  /** What the school must do; null when every file is a base. */
  readonly problem: IncidentProblem | null;
  readonly sizeBytes: bigint;
}

export interface CheckOptions {
  readonly staging: string;
  /** Ends the check; what was extracted by then is left. */
  readonly signal: AbortSignal;
}

/** Checks every file of a deposit and extracts its base below `staging`; each file's verdict goes into its record. */
export async function checkDeposit(
  context: HostingContext,
  establishment: Establishment,
  { staging, signal }: CheckOptions,
): Promise<CheckedDeposit> {
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const bases: BaseToMount[] = [];
  const problems: IncidentProblem[] = [];
  const files = await listFiles(context.db, establishment);
  for (const [index, file] of files.entries()) {
    signal.throwIfAborted();
    if (file.status === "receiving") throw new Error(`${file.id} was handed over, and is not whole`);
    const verdict = await checkFile(context, file, {
      extractTo: join(staging, file.id),
      earlier: bases,
      signal,
    });
    if ("problem" in verdict) {
      problems.push(verdict.problem);
      const data = { status: "rejected", problem: verdict.problem };
      await context.db.baseFile.update({ where: { id: file.id }, data });
    } else {
      bases.push({
        name: verdict.name,
        role: index === 0 ? "main" : "secondary",
        directory: join(staging, file.id),
      });
      const { name, sha256 } = verdict;
      const data = { status: "received", problem: NOTHING, name, sha256 };
      await context.db.baseFile.update({ where: { id: file.id }, data });
    }
  }
  const sizeBytes = files.reduce((total, file) => total + file.sizeBytes, 0n);
  return { bases, problem: depositProblem(problems), sizeBytes };
}

async function checkFile(
  context: HostingContext,
  file: BaseFile,
  { extractTo, earlier, signal }: { extractTo: string; earlier: readonly BaseToMount[]; signal: AbortSignal },
): Promise<{ name: string; sha256: string } | { problem: IncidentProblem }> {
  try {
    const { baseName, sha256 } = await checkArchiveInChild({
      ...{ archivePath: uploadPath(context, file), fileName: file.fileName, extractTo, signal },
      ...(file.expectedSha256 ? { expectedSha256: file.expectedSha256 } : {}),
    });
    const twin = earlier.find((base) => base.name.toLowerCase() === baseName.toLowerCase());
    if (!twin) return { name: baseName, sha256 };
    await rm(extractTo, { recursive: true, force: true });
    throw new ArchiveRejected(
      "duplicate_base",
      `Ce fichier contient la base «\u202f${baseName}\u202f», qu’un autre fichier de ce dépôt contient déjà. Gardez un seul des deux.`,
      `second base named ${baseName}`,
    );
  } catch (failure) {
    if (!(failure instanceof ArchiveRejected)) throw failure;
    context.log.warn(
      { rne: file.rne, file: file.id, code: failure.code, why: failure.logDetail },
      "base file rejected",
    );
    return { problem: rejectionProblem(file, failure) };
  }
}

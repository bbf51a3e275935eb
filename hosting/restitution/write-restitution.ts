import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { digestFile } from "#hosting/archive/digest-file.ts";
import type { HostingContext } from "#hosting/context.ts";
import { syncDirectory, uploadPath } from "#hosting/deposit/storage.ts";
import { type ArchivedBase, ProvisionerFailure } from "#hosting/provisioner/port.ts";
import type { BaseFile, Establishment } from "#prisma/generated/client.ts";
import { archiveDirectory } from "./archive-directory.ts";
import { type ArchivedFile, copyIntact, findSize, isIntact } from "./archived-file.ts";
import { noteRestitutionWritten } from "./verify-restitution.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Writes everything that an establishment gets back: its mounted bases, archived, and files that were received but
 * never mounted, as they came. Every archive is read once more before it is promised. Nothing is taken away here.
 */
export async function writeRestitution(
  context: HostingContext,
  establishment: Establishment,
  archive: (directory: string) => Promise<readonly ArchivedBase[]>,
): Promise<void> {
  const { rne, cycle } = establishment;
  const directory = archiveDirectory(context, establishment);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const files: ArchivedFile[] = [];
  for (const base of await archive(directory)) files.push(await keepArchivedBase(base, directory));
  for (const file of await listUnmountedFiles(context, establishment))
    files.push(await keepUnmountedFile(context, file, directory, files));
  await syncDirectory(directory);
  const expiresAt = new Date(
    context.clock.now().getTime() + context.settings.DOWNLOAD_RETENTION_DAYS * DAY_MS,
  );
  await context.db.$transaction(async (transaction) => {
    await transaction.download.deleteMany({ where: { rne, cycle } });
    await transaction.download.createMany({
      data: files.map(({ sizeBytes, ...file }) => ({
        ...{ id: randomUUID(), rne, cycle, sizeBytes: BigInt(sizeBytes), expiresAt },
        ...file,
      })),
    });
    const output = files.map(({ fileName, sha256 }) => `${sha256}  ${fileName}`).join("\n");
    await noteRestitutionWritten(context, transaction, establishment, output);
  });
}

/** What the provisioner says of an archive is checked, whoever the provisioner is. */
async function keepArchivedBase(base: ArchivedBase, directory: string): Promise<ArchivedFile> {
  const { sizeBytes, sha256 } = base;
  const fileName = `${base.name}.zip`;
  const path = join(directory, fileName);
  const isKept = base.path === path ? await isIntact(path, base) : await copyIntact(base.path, path, base);
  if (isKept) return { fileName, sizeBytes, sha256 };
  throw new ProvisionerFailure(`the archive of ${base.name} is not what was announced`, {
    isTransient: true,
  });
}

function listUnmountedFiles(context: HostingContext, { rne, cycle }: Establishment): Promise<BaseFile[]> {
  return context.db.baseFile.findMany({
    where: { rne, cycle, status: { in: ["received", "rejected"] }, fileRemovedAt: null },
    orderBy: [{ position: "asc" }, { createdAt: "asc" }],
  });
}

async function keepUnmountedFile(
  context: HostingContext,
  file: BaseFile,
  directory: string,
  kept: readonly ArchivedFile[],
): Promise<ArchivedFile> {
  const isTaken = kept.some(({ fileName }) => fileName.toLowerCase() === file.fileName.toLowerCase());
  const fileName = isTaken ? `${file.id.slice(0, 8)}-${file.fileName}` : file.fileName;
  const source = uploadPath(context, file);
  const sizeBytes = Number(file.sizeBytes);
  const found = await findSize(source);
  if (found !== sizeBytes) {
    const what = found === null ? "is missing" : `has ${found} bytes instead of ${sizeBytes}`;
    throw new ProvisionerFailure(`the received file ${source} ${what}`, { isTransient: true });
  }
  const sha256 = await digestFile(source);
  if (!(await copyIntact(source, join(directory, fileName), { sizeBytes, sha256 })))
    throw new ProvisionerFailure(`the copy of ${source} differs from it`, { isTransient: true });
  return { fileName, sizeBytes, sha256 };
}

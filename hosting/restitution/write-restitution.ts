import { randomUUID } from "node:crypto";
import { copyFile, mkdir, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { digestFile } from "#hosting/archive/digest-file.ts";
import type { HostingContext } from "#hosting/context.ts";
import { syncDirectory, uploadPath } from "#hosting/deposit/storage.ts";
import { type ArchivedBase, ProvisionerFailure } from "#hosting/provisioner/port.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { archiveDirectory } from "./archive-directory.ts";

interface Archive {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

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
  const bases = await Promise.all(
    (await archive(directory)).map((base) => verifyArchivedBase(base, directory)),
  );
  const files = await keepUnmountedFiles(context, establishment, directory, bases);
  await syncDirectory(directory);
  const day = 24 * 60 * 60 * 1000;
  const expiresAt = new Date(context.clock.now().getTime() + context.settings.DOWNLOAD_RETENTION_DAYS * day);
  await context.db.$transaction(async (transaction) => {
    for (const { fileName, sizeBytes, sha256 } of [...bases, ...files]) {
      const written = { sizeBytes: BigInt(sizeBytes), sha256, expiresAt };
      await transaction.download.upsert({
        where: { rne_cycle_fileName: { rne, cycle, fileName } },
        create: { id: randomUUID(), rne, cycle, fileName, ...written },
        update: written,
      });
    }
  });
}

/** What the provisioner says of an archive is checked, whoever the provisioner is. */
async function verifyArchivedBase(base: ArchivedBase, directory: string): Promise<Archive> {
  const fileName = `${base.name}.zip`;
  const { size } = await stat(base.path);
  if (size !== base.sizeBytes || (await digestFile(base.path)) !== base.sha256) {
    throw new ProvisionerFailure(`the archive of ${base.name} is not what was announced`, {
      isTransient: true,
    });
  }
  const path = join(directory, fileName);
  if (base.path !== path) await copyDurably(base.path, path);
  return { fileName, sizeBytes: size, sha256: base.sha256 };
}

async function keepUnmountedFiles(
  context: HostingContext,
  { rne, cycle }: Establishment,
  directory: string,
  bases: readonly Archive[],
): Promise<Archive[]> {
  const files = await context.db.baseFile.findMany({
    where: { rne, cycle, status: { in: ["received", "rejected"] }, fileRemovedAt: null },
  });
  const kept: Archive[] = [];
  for (const file of files) {
    const taken = [...bases, ...kept].some(
      ({ fileName }) => fileName.toLowerCase() === file.fileName.toLowerCase(),
    );
    const fileName = taken ? `${file.id.slice(0, 8)}-${file.fileName}` : file.fileName;
    const [source, path] = [uploadPath(context, file), join(directory, fileName)];
    // Already moved by a run that was cut.
    if (!(await exists(source))) continue;
    const temporaryPath = `${path}.new`;
    await copyDurably(source, temporaryPath);
    const sha256 = await digestFile(temporaryPath);
    if (sha256 !== (await digestFile(source))) {
      throw new ProvisionerFailure(`the copy of ${file.id} differs from its source`, { isTransient: true });
    }
    await rename(temporaryPath, path);
    kept.push({ fileName, sizeBytes: Number(file.sizeBytes), sha256 });
  }
  return kept;
}

async function copyDurably(source: string, path: string): Promise<void> {
  await copyFile(source, path);
  const copy = await open(path, "r+");
  try {
    await copy.sync();
  } finally {
    await copy.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

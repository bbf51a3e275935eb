import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { HostingContext } from "#hosting/context.ts";
import { syncDirectory, uploadPath } from "#hosting/deposit/storage.ts";
import { NOTHING } from "#hosting/json.ts";
import type { ArchivedBase } from "#hosting/provisioner/port.ts";
import type { BaseFile, Establishment } from "#prisma/generated/client.ts";
import { clearArchiveDirectory, makeArchiveDirectory } from "./archive-directory.ts";
import type { ArchivedFile } from "./archived-file.ts";
import { findHeldFiles } from "./find-held.ts";
import { isWrittenInto, keepArchivedBase, keepUnmountedFile } from "./keep-archive.ts";
import { refuseWithoutEveryBase, refuseWithoutRoom } from "./refuse-to-remove.ts";
import { noteRestitutionWritten } from "./verify-restitution.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Writes everything that an establishment gets back, once: its mounted bases, archived, and files that were received
 * but never mounted, as they came. Every archive is read once more before it is promised. Nothing is taken away here.
 */
export async function writeRestitution(
  context: HostingContext,
  establishment: Establishment,
  archive: (directory: string) => Promise<readonly ArchivedBase[]>,
  signal: AbortSignal,
): Promise<void> {
  const directory = await makeArchiveDirectory(context, establishment);
  await clearArchiveDirectory(context, establishment);
  const files = await listWholeFiles(context, establishment);
  await refuseWithoutRoom(
    context,
    files.map((file) => file.sizeBytes),
  );
  // Whatever the provisioner calls its files, none of them has a name among those that are kept.
  const incoming = join(directory, "incoming");
  await mkdir(incoming, { mode: 0o700 });
  const bases = await archive(incoming);
  refuseWithoutEveryBase(files, bases);
  const notMounted = files.filter(({ status }) => status !== "mounted");
  const held = await findHeldFiles(context, { unmounted: notMounted, bases }, signal);
  const unmounted = notMounted.filter((file) => !held.includes(file));
  const toCopy = [...bases.filter((base) => !isWrittenInto(incoming, base)), ...unmounted];
  await refuseWithoutRoom(
    context,
    toCopy.map(({ sizeBytes }) => sizeBytes),
  );
  const kept: ArchivedFile[] = [];
  for (const base of bases) kept.push(await keepArchivedBase(base, { directory, incoming }));
  for (const file of unmounted) {
    const source = uploadPath(context, file);
    kept.push(await keepUnmountedFile(file, { source, directory, kept }));
  }
  await rm(incoming, { recursive: true, force: true });
  await syncDirectory(directory);
  await promise(context, establishment, { kept, held });
}

/** The files that arrived whole: mounted, or still there as they came. */
function listWholeFiles(context: HostingContext, { rne, cycle }: Establishment): Promise<BaseFile[]> {
  return context.db.baseFile.findMany({
    where: {
      ...{ rne, cycle },
      OR: [{ status: "mounted" }, { status: { in: ["received", "rejected"] }, fileRemovedAt: null }],
    },
    orderBy: [{ position: "asc" }, { createdAt: "asc" }],
  });
}

async function promise(
  context: HostingContext,
  establishment: Establishment,
  { kept, held }: { kept: readonly ArchivedFile[]; held: readonly BaseFile[] },
): Promise<void> {
  const { rne, cycle } = establishment;
  const retentionMs = context.settings.DOWNLOAD_RETENTION_DAYS * DAY_MS;
  const expiresAt = new Date(context.clock.now().getTime() + retentionMs);
  await context.db.$transaction(async (transaction) => {
    await transaction.download.deleteMany({ where: { rne, cycle } });
    await transaction.download.createMany({
      data: kept.map(({ id, fileName, sizeBytes, sha256 }) => ({
        ...{ id, rne, cycle, fileName, storedName: id, sha256, expiresAt },
        sizeBytes: BigInt(sizeBytes),
      })),
    });
    await transaction.baseFile.updateMany({
      where: { id: { in: held.map(({ id }) => id) } },
      data: { status: "mounted", problem: NOTHING },
    });
    const output = kept.map(({ fileName, sha256 }) => `${sha256}  ${fileName}`).join("\n");
    await noteRestitutionWritten(context, transaction, establishment, output);
  });
}

import { isDeepStrictEqual } from "node:util";
import { checkArchiveInChild } from "#hosting/archive/check-in-child.ts";
import { ArchiveRejected } from "#hosting/archive/rejected.ts";
import type { HostingContext } from "#hosting/context.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import type { ArchivedBase } from "#hosting/provisioner/port.ts";
import type { BaseFile } from "#prisma/generated/client.ts";

/** Of each of a base's files, by its path: its size and its CRC-32. */
type Content = ReadonlyMap<string, string>;

/**
 * The files of which the server holds the base just as they brought it, though their records do not say so: a run that
 * mounts may be cut, or overtaken, before it writes that down. Where a byte differs, both are given back.
 */
export async function findHeldFiles(
  context: HostingContext,
  unmounted: readonly BaseFile[],
  bases: readonly ArchivedBase[],
): Promise<readonly BaseFile[]> {
  const held: BaseFile[] = [];
  for (const file of unmounted) {
    const base = bases.find(({ name }) => name.toLowerCase() === file.name?.toLowerCase());
    if (!base) continue;
    const brought = await readContent(uploadPath(context, file), file.fileName);
    if (brought && isDeepStrictEqual(brought, await readContent(base.path, `${base.name}.zip`)))
      held.push(file);
  }
  return held;
}

/** Null where the archive is no base that can be read. */
async function readContent(archivePath: string, fileName: string): Promise<Content | null> {
  try {
    const { files } = await checkArchiveInChild({ archivePath, fileName });
    return new Map(files.map(({ path, sizeBytes, crc32 }) => [path, `${sizeBytes} ${crc32}`]));
  } catch (failure) {
    if (failure instanceof ArchiveRejected) return null;
    throw failure;
  }
}

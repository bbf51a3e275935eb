import { isDeepStrictEqual } from "node:util";
import { checkArchiveInChild } from "#hosting/archive/check-in-child.ts";
import { ArchiveRejected } from "#hosting/archive/rejected.ts";
import type { HostingContext } from "#hosting/context.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import type { ArchivedBase } from "#hosting/provisioner/port.ts";
import { failureText } from "#platform/failure.ts";
import type { BaseFile } from "#prisma/generated/client.ts";

/** Of each of a base's files, by its path: its size and its CRC-32. */
type Content = ReadonlyMap<string, string>;

/**
 * The files of which the server holds all that they brought, though their records do not say so: a run that mounts may
 * be cut, or overtaken, before it writes that down. Where anything differs or cannot be read, both are given back.
 */
export async function findHeldFiles(
  context: HostingContext,
  { unmounted, bases }: { unmounted: readonly BaseFile[]; bases: readonly ArchivedBase[] },
  signal: AbortSignal,
): Promise<readonly BaseFile[]> {
  const contents = new Map<ArchivedBase, Content | null>();
  const read = (archivePath: string, fileName: string) =>
    readContent(context, { archivePath, fileName }, signal);
  const held: BaseFile[] = [];
  for (const file of unmounted) {
    const base = bases.find(({ name }) => name.toLowerCase() === file.name?.toLowerCase());
    if (!base) continue;
    if (!contents.has(base)) contents.set(base, await read(base.path, `${base.name}.zip`));
    const content = contents.get(base);
    if (!content) continue;
    if (isDeepStrictEqual(content, await read(uploadPath(context, file), file.fileName))) held.push(file);
  }
  return held;
}

/** Null where the archive cannot be read, is no base, or holds files beside its base. */
async function readContent(
  { log }: HostingContext,
  archive: { archivePath: string; fileName: string },
  signal: AbortSignal,
): Promise<Content | null> {
  try {
    const { files, filesBeside } = await checkArchiveInChild({ ...archive, signal });
    if (filesBeside > 0) return null;
    return new Map(files.map(({ path, sizeBytes, crc32 }) => [path, `${sizeBytes} ${crc32}`]));
  } catch (failure) {
    signal.throwIfAborted();
    if (!(failure instanceof ArchiveRejected))
      log.warn({ ...archive, failure: failureText(failure) }, "not compared with what is given back");
    return null;
  }
}

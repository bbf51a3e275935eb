import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { instancePaths } from "#hosting/provisioner/folder/paths.ts";
import { archivePath } from "#hosting/restitution/archive-directory.ts";
import { failureCode } from "#platform/failure.ts";
import type { School } from "./school.ts";
import { baseNameOf, type FileStand } from "./stand.ts";

/** Whether the file lies where it was sent, every byte of it. */
export async function findUploaded({ world, rne }: School, { id, bytes }: FileStand): Promise<boolean> {
  return (await readIfThere(uploadPath(world.context, { rne, id })))?.equals(bytes) ?? false;
}

/** Whether the server holds the file's base, with the file's own notices. */
export async function findMounted({ world, rne }: School, file: FileStand): Promise<boolean> {
  if (file.notices === null) return false;
  const { bases } = instancePaths(world.context.settings.DATA_DIR, rne);
  const found = await readIfThere(join(bases, baseNameOf(file), "NOTICES.DAT"));
  return found?.toString() === file.notices;
}

/** The archives that are promised to the school; null where none is. */
export async function listArchived({ world, rne }: School, cycle: number): Promise<Buffer[] | null> {
  const promised = await world.db.download.findMany({ where: { rne, cycle } });
  if (promised.length === 0) return null;
  return Promise.all(promised.map((download) => readFile(archivePath(world.context, download))));
}

/** Whether an archive is the file as it came, or of the base that was made of it. */
export async function isArchiveOf({ bytes, notices }: FileStand, archive: Buffer): Promise<boolean> {
  if (archive.equals(bytes)) return true;
  return notices !== null && (await readNotices(archive)) === notices;
}

async function readNotices(archive: Buffer): Promise<string | null> {
  // A file that was rejected may be no archive at all.
  const zip = await fromBufferPromise(archive, { lazyEntries: true }).catch(() => null);
  if (!zip) return null;
  for await (const entry of zip.eachEntry())
    if (entry.fileName.endsWith("/NOTICES.DAT"))
      return String(await buffer(await zip.openReadStreamPromise(entry)));
  return null;
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (failure) {
    if (failureCode(failure) === "ENOENT") return null;
    throw failure;
  }
}

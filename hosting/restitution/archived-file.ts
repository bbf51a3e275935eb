import { copyFile, lstat, open, rename, stat } from "node:fs/promises";
import { digestFile } from "#hosting/archive/digest-file.ts";
import { failureCode } from "#platform/failure.ts";

/** A file that a school gets back. `id` names it on the disk, `fileName` everywhere else. */
export interface ArchivedFile {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

type Content = Pick<ArchivedFile, "sizeBytes" | "sha256">;

/** Whether a file has exactly these bytes. */
export async function isIntact(path: string, { sizeBytes, sha256 }: Content): Promise<boolean> {
  return (await findSize(path)) === sizeBytes && (await digestFile(path)) === sha256;
}

/** Null where there is no file. */
export async function findSize(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (failure) {
    if (failureCode(failure) === "ENOENT") return null;
    throw failure;
  }
}

/**
 * Puts a file at `path`, on stable storage; false, and nothing at `path`, when it has not these bytes. With `canMove`
 * it is taken away from where it was, which spares its room.
 */
export async function keepIntact(
  source: string,
  path: string,
  { canMove, ...expected }: Content & { canMove: boolean },
): Promise<boolean> {
  const temporaryPath = `${path}.new`;
  // A link would leave the bytes where they are about to be destroyed.
  if (canMove && (await lstat(source)).isFile()) await rename(source, temporaryPath);
  else await copyFile(source, temporaryPath);
  await syncFile(temporaryPath);
  if (!(await isIntact(temporaryPath, expected))) return false;
  await rename(temporaryPath, path);
  return true;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

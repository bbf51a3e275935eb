import { copyFile, open, rename, stat } from "node:fs/promises";
import { digestFile } from "#hosting/archive/digest-file.ts";
import { failureCode } from "#platform/failure.ts";

/** A file that a school gets back. */
export interface ArchivedFile {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Whether a file has exactly these bytes. */
export async function isIntact(
  path: string,
  { sizeBytes, sha256 }: Omit<ArchivedFile, "fileName">,
): Promise<boolean> {
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

/** Copies a file onto stable storage; false, and nothing at `path`, when the copy has not these bytes. */
export async function copyIntact(
  source: string,
  path: string,
  expected: Omit<ArchivedFile, "fileName">,
): Promise<boolean> {
  const temporaryPath = `${path}.new`;
  await copyFile(source, temporaryPath);
  const copy = await open(temporaryPath, "r+");
  try {
    await copy.sync();
  } finally {
    await copy.close();
  }
  if (!(await isIntact(temporaryPath, expected))) return false;
  await rename(temporaryPath, path);
  return true;
}

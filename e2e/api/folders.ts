import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** The files below a folder, by their path with slashes. */
export async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const listed = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = listed.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path)] as const)),
  );
}

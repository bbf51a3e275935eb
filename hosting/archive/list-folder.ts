import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface FolderItem {
  /** Relative to the folder, `/` between its parts. */
  path: string;
  isFolder: boolean;
  sizeBytes: number;
  modifiedAt: Date;
}

/** Everything below a folder, sorted; throws on a link or a special file, which no base has. */
export async function listFolder(folder: string): Promise<FolderItem[]> {
  if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
  const items: FolderItem[] = [];
  await collect(folder, "", items);
  return items.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function collect(folder: string, prefix: string, items: FolderItem[]): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await lstat(join(folder, name));
    const path = `${prefix}${name}`;
    if (!found.isFile() && !found.isDirectory()) throw new Error(`${path} is neither a file nor a folder`);
    const isFolder = found.isDirectory();
    items.push({ path, isFolder, sizeBytes: isFolder ? 0 : found.size, modifiedAt: found.mtime });
    if (isFolder) await collect(join(folder, name), `${path}/`, items);
  }
}

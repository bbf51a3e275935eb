import type { FolderFile } from "./zip-folder.ts";

export type Dropped = {
  /** Files to take as they are. */
  files: File[];
  /** Folders of a base, to be zipped; the paths start with the folder's name. */
  bases: { name: string; files: FolderFile[] }[];
  /** Folders in which there is nothing to take. */
  useless: string[];
};

/** The path of a dropped file inside the folder that was dropped, without a leading `/` or `./`. */
function readPath(file: File): string {
  const path = "path" in file && typeof file.path === "string" ? file.path : "";
  return (path || file.webkitRelativePath || file.name).replaceAll("\\", "/").replace(/^\.?\//, "");
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/**
 * Sorts what was dropped: files stay files; in a folder, each folder with a NOTICES.DAT is a base, and the zips outside
 * of a base are backups.
 */
export function sortDropped(dropped: readonly File[]): Dropped {
  const entries = dropped.map((file) => ({ file, path: readPath(file) }));
  const baseFolders = entries
    .filter(({ path }) => path.includes("/") && /(^|\/)notices\.dat$/i.test(path))
    .map(({ path }) => folderOf(path));
  const files: File[] = [];
  const bases = new Map<string, FolderFile[]>();
  const topFolders = new Map<string, boolean>();

  for (const { file, path } of entries) {
    const base = baseFolders.find((folder) => path.startsWith(`${folder}/`));
    const isTaken = base !== undefined || !path.includes("/") || /\.zip$/i.test(path);
    if (path.includes("/")) {
      const top = path.slice(0, path.indexOf("/"));
      topFolders.set(top, isTaken || topFolders.get(top) === true);
    }
    if (base !== undefined) {
      const name = base.slice(base.lastIndexOf("/") + 1);
      const inside = { file, path: `${name}/${path.slice(base.length + 1)}` };
      bases.set(base, [...(bases.get(base) ?? []), inside]);
    } else if (isTaken) files.push(file);
  }
  return {
    files,
    bases: Array.from(bases, ([folder, inside]) => ({
      name: folder.slice(folder.lastIndexOf("/") + 1),
      files: inside,
    })),
    useless: Array.from(topFolders).flatMap(([top, isUseful]) => (isUseful ? [] : [top])),
  };
}

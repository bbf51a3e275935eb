import { toBaseName } from "./base-name.ts";
import { ArchiveRejected, quoteName } from "./rejected.ts";

const MARK = "notices.dat";
const MAX_NAMED_BASES = 5;

export interface BaseRoot {
  /** Path of the base's folder in the archive with its closing slash; empty when the archive is the folder. */
  prefix: string;
  baseName: string;
}

/** Finds the one base of an archive: its shallowest folder that holds NOTICES.DAT, whatever the case. */
export function findBaseRoot(filePaths: string[], archiveFileName: string): BaseRoot {
  const prefixes = filePaths
    .filter((path) => path.slice(path.lastIndexOf("/") + 1).toLowerCase() === MARK)
    .map((path) => path.slice(0, path.lastIndexOf("/") + 1));
  const depth = Math.min(...prefixes.map(depthOf));
  const [prefix, ...others] = prefixes.filter((candidate) => depthOf(candidate) === depth);
  if (prefix === undefined) {
    throw new ArchiveRejected(
      "not_a_bcdi_base",
      "Aucune base BCDI dans cette archive\u202f: aucun de ses dossiers ne contient le fichier NOTICES.DAT.",
      "no NOTICES.DAT",
    );
  }
  if (others.length > 0) {
    const names = [prefix, ...others].slice(0, MAX_NAMED_BASES).map((path) => quoteName(path.slice(0, -1)));
    throw new ArchiveRejected(
      "not_a_bcdi_base",
      `L’archive contient plusieurs bases (${names.join(", ")})\u202f: déposez une archive par base.`,
      `${others.length + 1} folders hold NOTICES.DAT at depth ${depth}`,
    );
  }
  const folderName = prefix.slice(0, -1).split("/").at(-1) ?? "";
  return {
    prefix,
    baseName: toBaseName(prefix === "" ? archiveFileName.replace(/\.zip$/i, "") : folderName),
  };
}

function depthOf(prefix: string): number {
  return prefix.split("/").length;
}

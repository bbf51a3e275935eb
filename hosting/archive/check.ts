import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { findRoomBytes } from "#hosting/free-space.ts";
import { ArchiveReader } from "./archive-reader.ts";
import { type BaseRoot, findBaseRoot } from "./base-root.ts";
import { assertNoBomb } from "./bomb.ts";
import { type ArchiveDirectory, type ArchiveEntry, readDirectory } from "./directory.ts";
import { getSafePath } from "./entry-name.ts";
import { assertPlainEntry } from "./entry-rules.ts";
import { Extraction, type FindRoom } from "./extraction.ts";
import { type ArchiveLimits, DEFAULT_ARCHIVE_LIMITS } from "./limits.ts";
import { NameTree } from "./name-tree.ts";
import { ArchiveRejected } from "./rejected.ts";
import { verifyEntries } from "./verify-entries.ts";

export interface CheckArchiveOptions {
  archivePath: string;
  /** The name that the school gave to the file; names the base when the archive has no folder of its own. */
  fileName?: string;
  limits?: Partial<ArchiveLimits>;
  /** Hexadecimal, as the school's browser announced it. */
  expectedSha256?: string;
  /** A folder that does not exist yet; its parent does. */
  extractTo?: string;
}

export interface CheckedArchive {
  sha256: string;
  sizeBytes: number;
  baseName: string;
  /** The base's files, their paths relative to the base's folder. */
  files: { path: string; sizeBytes: number; crc32: number }[];
  /** How many files lie beside the base's folder: they are not mounted. */
  filesBeside: number;
}

/**
 * Checks a stored archive in one pass, and extracts its base meanwhile when `extractTo` is given.
 * Throws `ArchiveRejected` for bad content and for nothing else: any other error is our own and may pass.
 * Whatever is thrown, nothing is left at `extractTo`, unless it was there before (EEXIST).
 */
export async function checkArchive(
  options: CheckArchiveOptions,
  findRoom: FindRoom = findRoomBytes,
): Promise<CheckedArchive> {
  const handle = await open(options.archivePath, "r");
  try {
    const { size } = await handle.stat();
    try {
      return await checkOpenArchive(handle, size, { ...options, findRoom });
    } catch (error) {
      // Bytes changed on the way explain any other fault: sending the same file again is then the cure.
      if (error instanceof ArchiveRejected) await assertSha256(handle, size, options.expectedSha256);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

async function checkOpenArchive(
  handle: FileHandle,
  sizeBytes: number,
  options: CheckArchiveOptions & { findRoom: FindRoom },
): Promise<CheckedArchive> {
  const limits = { ...DEFAULT_ARCHIVE_LIMITS, ...options.limits };
  const directory = await readDirectory(handle, sizeBytes, limits);
  const paths = checkEntries(directory, sizeBytes, limits);
  const root = findBaseRoot(
    directory.entries.filter((entry) => !entry.isDirectory).map((entry) => paths.get(entry) ?? ""),
    options.fileName ?? basename(options.archivePath),
  );
  const placed = listPlacedEntries(paths, root);
  const reader = new ArchiveReader(handle, sizeBytes);
  const sha256 = await passThrough({ reader, directory, placed, options });
  const files = [...placed]
    .filter(([entry]) => !entry.isDirectory)
    .map(([entry, path]) => ({ path, sizeBytes: entry.sizeBytes, crc32: entry.crc32 }));
  const filesBeside = directory.entries.filter((entry) => !entry.isDirectory).length - files.length;
  return { sha256, sizeBytes, baseName: root.baseName, files, filesBeside };
}

function checkEntries(
  directory: ArchiveDirectory,
  archiveBytes: number,
  limits: ArchiveLimits,
): Map<ArchiveEntry, string> {
  const paths = new Map<ArchiveEntry, string>();
  const tree = new NameTree();
  for (const entry of directory.entries) {
    assertPlainEntry(entry);
    const path = getSafePath(entry, limits);
    tree.add(path, entry.isDirectory);
    paths.set(entry, path);
  }
  assertNoBomb(directory, archiveBytes, limits);
  return paths;
}

/** What lies below the base's folder, under its path relative to it. */
function listPlacedEntries(
  paths: Map<ArchiveEntry, string>,
  { prefix }: BaseRoot,
): Map<ArchiveEntry, string> {
  const placed = new Map<ArchiveEntry, string>();
  for (const [entry, path] of paths) {
    if (path.startsWith(prefix)) placed.set(entry, path.slice(prefix.length));
  }
  return placed;
}

async function passThrough(pass: {
  reader: ArchiveReader;
  directory: ArchiveDirectory;
  placed: Map<ArchiveEntry, string>;
  options: CheckArchiveOptions & { findRoom: FindRoom };
}): Promise<string> {
  const { reader, directory, placed, options } = pass;
  const { extractTo, findRoom } = options;
  const totalBytes = [...placed.keys()].reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const extraction =
    extractTo === undefined ? null : await Extraction.create(extractTo, totalBytes, findRoom);
  try {
    await verifyEntries(reader, directory, async (entry) => {
      const path = placed.get(entry);
      if (extraction === null || path === undefined) return null;
      if (!entry.isDirectory) return await extraction.openFile(path);
      await extraction.addFolder(path);
      return null;
    });
    const sha256 = await reader.finish();
    refuseOtherSha256(sha256, options.expectedSha256);
    await extraction?.finish();
    return sha256;
  } catch (error) {
    await extraction?.discard();
    throw error;
  }
}

async function assertSha256(
  handle: FileHandle,
  sizeBytes: number,
  expectedSha256: string | undefined,
): Promise<void> {
  if (expectedSha256 === undefined) return;
  refuseOtherSha256(await new ArchiveReader(handle, sizeBytes).finish(), expectedSha256);
}

function refuseOtherSha256(sha256: string, expectedSha256: string | undefined): void {
  if (expectedSha256 === undefined || expectedSha256.toLowerCase() === sha256) return;
  throw new ArchiveRejected(
    "sha256_mismatch",
    "Le fichier reçu n’est pas identique à celui que vous avez envoyé\u202f: déposez-le de nouveau.",
    `sha256 ${sha256}, expected ${expectedSha256}`,
  );
}

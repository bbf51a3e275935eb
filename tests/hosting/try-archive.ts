import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaseProblemCode } from "#contract/problem.ts";
import { type CheckArchiveOptions, type CheckedArchive, checkArchive } from "#hosting/archive/check.ts";
import { ArchiveRejected } from "#hosting/archive/rejected.ts";
import { buildZip, type FixtureEntry, type FixtureOptions, NOTICES } from "#tests/archives/build-zip.ts";

/** What became of an archive, as a test compares it. */
export interface Outcome {
  code: BaseProblemCode | "accepted";
  detail: string;
  archive: CheckedArchive | null;
  /** Extracted files by their path, null for folders. */
  extracted: Record<string, Buffer | null>;
  /** Everything found beside the archive afterwards, files and folders. */
  left: string[];
}

/** Checks and extracts these bytes in a folder of their own, which is gone afterwards. */
export async function tryArchive(
  bytes: Buffer,
  options: Partial<CheckArchiveOptions> = {},
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "archive-"));
  try {
    const archivePath = join(folder, "deposit.zip");
    await writeFile(archivePath, bytes);
    const extractTo = join(folder, "base");
    const result = await checkArchive({ archivePath, extractTo, ...options }).catch((error: unknown) => {
      if (error instanceof ArchiveRejected) return error;
      throw error;
    });
    const left = (await readdir(folder)).filter((name) => name !== "deposit.zip");
    if (result instanceof ArchiveRejected) {
      return { code: result.code, detail: result.detail, archive: null, extracted: {}, left };
    }
    return { code: "accepted", detail: "", archive: result, extracted: await readTree(extractTo), left };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same for a base with these entries beside its NOTICES.DAT. */
export async function tryEntries(entries: FixtureEntry[], options: FixtureOptions = {}): Promise<Outcome> {
  return await tryArchive(buildZip([NOTICES, ...entries], options));
}

export async function readTree(folder: string): Promise<Record<string, Buffer | null>> {
  const tree: Record<string, Buffer | null> = {};
  for (const found of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(found.parentPath, found.name);
    tree[path.slice(folder.length + 1)] = found.isDirectory() ? null : await readFile(path);
  }
  return tree;
}

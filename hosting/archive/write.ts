import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { syncFolder } from "./extraction.ts";
import { type FolderItem, listFolder } from "./list-folder.ts";
import { verifyWrittenArchive } from "./verify-written.ts";

const WRITE_BYTES = 1024 * 1024;
// Higher levels cost several times more for a few percent on a base.
const COMPRESSION_LEVEL = 3;
const FILE_MODE = 0o100644;
const FOLDER_MODE = 0o040755;

export interface WriteArchiveOptions {
  /** The mounted base's folder. */
  directory: string;
  /** The base's name: the archive's only top folder. */
  name: string;
  archivePath: string;
}

export interface WrittenArchive {
  sizeBytes: number;
  sha256: string;
  entries: number;
}

/**
 * Writes a base's archive, which stands at `archivePath` only once it has been read back and compared with the
 * folder. Safe to run again: an archive of an earlier run is replaced, an unfinished one is started afresh.
 */
export async function writeArchive({
  directory,
  name,
  archivePath,
}: WriteArchiveOptions): Promise<WrittenArchive> {
  const items = await listFolder(directory);
  const unfinishedPath = `${archivePath}.part`;
  await mkdir(dirname(archivePath), { recursive: true });
  try {
    await writeEntries({ directory, name, archivePath: unfinishedPath }, items);
    const written = await verifyWrittenArchive({ directory, name, archivePath: unfinishedPath });
    await rename(unfinishedPath, archivePath);
    await syncFolder(dirname(archivePath));
    return written;
  } catch (error) {
    await rm(unfinishedPath, { force: true });
    throw error;
  }
}

async function writeEntries(
  { directory, name, archivePath }: WriteArchiveOptions,
  items: FolderItem[],
): Promise<void> {
  const zip = new ZipFile();
  const output = createWriteStream(archivePath, { highWaterMark: WRITE_BYTES });
  // A source file that cannot be read is told to the archive, not to its stream.
  zip.on("error", (error: Error) => output.destroy(error));
  for (const item of items) {
    const entryName = `${name}/${item.path}`;
    const mtime = item.modifiedAt;
    if (item.isFolder) zip.addEmptyDirectory(entryName, { mtime, mode: FOLDER_MODE });
    else {
      const options = { mtime, mode: FILE_MODE, compressionLevel: COMPRESSION_LEVEL };
      zip.addFile(join(directory, item.path), entryName, options);
    }
  }
  zip.end();
  await pipeline(zip.outputStream, output);
  const handle = await open(archivePath, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

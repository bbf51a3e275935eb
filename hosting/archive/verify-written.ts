import { open } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { ArchiveReader } from "./archive-reader.ts";
import { type ArchiveEntry, readDirectory } from "./directory.ts";
import { DEFAULT_ARCHIVE_LIMITS } from "./limits.ts";
import { listFolder } from "./list-folder.ts";
import { verifyEntries } from "./verify-entries.ts";
import type { WriteArchiveOptions, WrittenArchive } from "./write.ts";

const READ_BYTES = 1024 * 1024;

/** Reads an archive of ours back and compares all of it with the folder as it is now; throws if they differ. */
export async function verifyWrittenArchive(options: WriteArchiveOptions): Promise<WrittenArchive> {
  const { entries, ...written } = await readBack(options.archivePath);
  const items = await listFolder(options.directory);
  if (items.length !== entries.size) {
    throw new Error(`the archive has ${entries.size} entries, the folder ${items.length}`);
  }
  for (const item of items) {
    const entry = entries.get(`${options.name}/${item.path}${item.isFolder ? "/" : ""}`);
    if (entry === undefined) throw new Error(`${item.path} is missing in the archive`);
    if (item.isFolder) continue;
    const checksum = await checksumFile(join(options.directory, item.path));
    if (checksum.crc32 !== entry.crc32 || checksum.sizeBytes !== entry.sizeBytes) {
      throw new Error(`${item.path} differs between the archive and the folder`);
    }
  }
  return { ...written, entries: entries.size };
}

async function readBack(archivePath: string) {
  const handle = await open(archivePath, "r");
  try {
    const { size } = await handle.stat();
    // The caps are for strangers' archives: a base that grew here must still be given back.
    const limits = { ...DEFAULT_ARCHIVE_LIMITS, maxEntries: Infinity, maxDirectoryBytes: Infinity };
    const directory = await readDirectory(handle, size, limits);
    const reader = new ArchiveReader(handle, size);
    await verifyEntries(reader, directory, async () => null);
    const entries = new Map<string, ArchiveEntry>();
    for (const entry of directory.entries) entries.set(entry.name, entry);
    return { entries, sizeBytes: size, sha256: await reader.finish() };
  } finally {
    await handle.close();
  }
}

async function checksumFile(path: string): Promise<{ crc32: number; sizeBytes: number }> {
  const handle = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    let checksum = 0;
    let sizeBytes = 0;
    while (true) {
      const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return { crc32: checksum, sizeBytes };
      checksum = crc32(buffer.subarray(0, bytesRead), checksum);
      sizeBytes += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

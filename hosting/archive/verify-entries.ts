import { crc32 } from "node:zlib";
import type { ArchiveReader } from "./archive-reader.ts";
import { overlapping } from "./bomb.ts";
import type { ArchiveDirectory, ArchiveEntry } from "./directory.ts";
import { largerThanAnnounced, readEntryContent } from "./entry-content.ts";
import { damagedEntry, readLocalHeader } from "./local-header.ts";

/** Receives one entry's bytes, which may still turn out to be wrong until `finish` is called. */
export interface EntrySink {
  write(chunk: Buffer): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** Goes once through every entry in the order of the file, checking its header, its size and its CRC-32. */
export async function verifyEntries(
  reader: ArchiveReader,
  directory: ArchiveDirectory,
  openSink: (entry: ArchiveEntry) => Promise<EntrySink | null>,
): Promise<void> {
  for (const entry of directory.entries) {
    if (entry.headerOffset < reader.position) throw overlapping(entry);
    await reader.skipTo(entry.headerOffset);
    await readLocalHeader(reader, entry, directory.directoryOffset);
    await verifyEntry(reader, entry, await openSink(entry));
  }
}

async function verifyEntry(
  reader: ArchiveReader,
  entry: ArchiveEntry,
  sink: EntrySink | null,
): Promise<void> {
  try {
    let sizeBytes = 0;
    let checksum = 0;
    for await (const chunk of readEntryContent(reader, entry)) {
      sizeBytes += chunk.length;
      if (sizeBytes > entry.sizeBytes) throw largerThanAnnounced(entry);
      // The write goes to another thread: the checksum is computed meanwhile.
      const written = sink?.write(chunk);
      checksum = crc32(chunk, checksum);
      await written;
    }
    if (sizeBytes !== entry.sizeBytes) {
      throw damagedEntry(entry, `${sizeBytes} bytes instead of ${entry.sizeBytes}`);
    }
    if (checksum !== entry.crc32) throw damagedEntry(entry, "CRC-32 mismatch");
    await sink?.finish();
  } catch (error) {
    await sink?.abandon();
    throw error;
  }
}

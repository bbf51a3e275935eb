import type { ArchiveDirectory, ArchiveEntry } from "./directory.ts";
import type { ArchiveLimits } from "./limits.ts";
import { ArchiveRejected, quoteName } from "./rejected.ts";

const LOCAL_HEADER_BYTES = 30;

/** Refuses, from what the directory announces, an archive that would unfold into more than a base can be. */
export function assertNoBomb(directory: ArchiveDirectory, archiveBytes: number, limits: ArchiveLimits): void {
  let totalBytes = 0;
  for (const entry of directory.entries) {
    assertInFile(entry, archiveBytes);
    assertEntrySize(entry, limits);
    totalBytes += entry.sizeBytes;
  }
  const ratio = totalBytes / archiveBytes;
  const isTooDense = totalBytes > limits.totalRatioFloorBytes && ratio > limits.maxTotalRatio;
  if (totalBytes > limits.maxTotalBytes || isTooDense) {
    throw new ArchiveRejected(
      "archive_bomb",
      "L’archive annonce un contenu démesuré, que ne peut pas avoir une base BCDI.",
      `${totalBytes} bytes announced, ratio ${Math.round(ratio)}`,
    );
  }
  assertNoOverlap(directory);
}

function assertInFile(entry: ArchiveEntry, archiveBytes: number): void {
  if (entryEnd(entry) > archiveBytes) {
    throw new ArchiveRejected(
      "truncated",
      `Le fichier est incomplet\u202f: le contenu de ${quoteName(entry.name)} manque. Copiez l’archive de nouveau, puis déposez-la.`,
      `entry at ${entry.headerOffset} of ${entry.compressedBytes} bytes ends past the file`,
    );
  }
}

function assertEntrySize(entry: ArchiveEntry, limits: ArchiveLimits): void {
  const isTooDense =
    entry.sizeBytes > limits.entryRatioFloorBytes &&
    entry.sizeBytes > entry.compressedBytes * limits.maxEntryRatio;
  if (entry.sizeBytes > limits.maxEntryBytes || isTooDense) {
    throw new ArchiveRejected(
      "archive_bomb",
      `L’archive annonce pour ${quoteName(entry.name)} une taille démesurée.`,
      `${entry.sizeBytes} bytes from ${entry.compressedBytes}`,
    );
  }
}

function assertNoOverlap({ entries, directoryOffset }: ArchiveDirectory): void {
  for (const [index, entry] of entries.entries()) {
    const nextOffset = entries[index + 1]?.headerOffset ?? directoryOffset;
    if (entryEnd(entry) > nextOffset) throw overlapping(entry);
  }
}

/** Two entries, or an entry and the directory, that share bytes: how a small file claims to hold petabytes. */
export function overlapping(entry: ArchiveEntry): ArchiveRejected {
  return new ArchiveRejected(
    "archive_bomb",
    `L’archive est construite de façon anormale\u202f: le contenu de ${quoteName(entry.name)} empiète sur un autre.`,
    `overlapping bytes at ${entry.headerOffset}`,
  );
}

// The local header's extra field is not known yet: the least that the entry can take.
function entryEnd(entry: ArchiveEntry): number {
  return entry.headerOffset + LOCAL_HEADER_BYTES + entry.rawName.length + entry.compressedBytes;
}

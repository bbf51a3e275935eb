const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** What an archive may hold at most before it is refused as `archive_bomb` or `unsafe_entry`. */
export interface ArchiveLimits {
  maxEntries: number;
  maxDirectoryBytes: number;
  maxTotalBytes: number;
  maxEntryBytes: number;
  /** Announced size over compressed size of one entry, looked at above `entryRatioFloorBytes` only. */
  maxEntryRatio: number;
  entryRatioFloorBytes: number;
  /** Announced total over the archive's own size, looked at above `totalRatioFloorBytes` only. */
  maxTotalRatio: number;
  totalRatioFloorBytes: number;
  maxDepth: number;
  maxPathBytes: number;
  maxNameBytes: number;
}

export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  maxEntries: 20_000,
  maxDirectoryBytes: 64 * MIB,
  maxTotalBytes: 64 * GIB,
  maxEntryBytes: 32 * GIB,
  // Deflate cannot exceed 1032:1, and a preallocated .DAT file full of zeros comes close: only a lie exceeds this.
  maxEntryRatio: 1_100,
  entryRatioFloorBytes: 16 * MIB,
  // Bases with sparse files reach 50:1 and more as a whole; below the floor the disk does not care.
  maxTotalRatio: 200,
  totalRatioFloorBytes: GIB,
  maxDepth: 32,
  maxPathBytes: KIB,
  maxNameBytes: 255,
};

/** What the process that reads an archive may use at most before it is stopped. */
export interface ChildLimits {
  memoryMib: number;
  timeoutMs: number;
}

export const DEFAULT_CHILD_LIMITS: ChildLimits = { memoryMib: 768, timeoutMs: 60 * 60 * 1000 };

const MIB = 1024 * 1024;

/** The size of the next request's body, and the size that something on the way is known to refuse (exclusive). */
export type ChunkSize = { bytes: number; refusedBytes: number };

export const FIRST_CHUNK_SIZE: ChunkSize = { bytes: 8 * MIB, refusedBytes: Number.POSITIVE_INFINITY };

const SMALLEST_BYTES = 256 * 1024;
const LARGEST_BYTES = 64 * MIB;
const TARGET_MS = 45_000;

function clampBytes(bytes: number, refusedBytes: number): number {
  const largest = refusedBytes === Number.POSITIVE_INFINITY ? LARGEST_BYTES : refusedBytes / 2;
  return Math.max(SMALLEST_BYTES, Math.min(Math.round(bytes), LARGEST_BYTES, largest));
}

/** After a request that went through: aims at requests of 30 to 60 s, by steps of at most a factor of two. */
export function adaptChunkSize(size: ChunkSize, sentBytes: number, tookMs: number): ChunkSize {
  const isShortTail = sentBytes < size.bytes && tookMs < TARGET_MS;
  if (isShortTail || (tookMs >= 30_000 && tookMs <= 60_000)) return size;
  const wantedBytes = (sentBytes / Math.max(tookMs, 1)) * TARGET_MS;
  const steppedBytes = Math.min(Math.max(wantedBytes, size.bytes / 2), size.bytes * 2);
  return { ...size, bytes: clampBytes(steppedBytes, size.refusedBytes) };
}

/** After a time-out: half as much. */
export function halveChunkSize(size: ChunkSize): ChunkSize {
  return { ...size, bytes: clampBytes(size.bytes / 2, size.refusedBytes) };
}

/** After a 413 from something on the way: half as much, and never that much again; null when it is already small. */
export function refuseChunkSize(size: ChunkSize): ChunkSize | null {
  if (size.bytes <= SMALLEST_BYTES) return null;
  const refusedBytes = Math.min(size.bytes, size.refusedBytes);
  return { refusedBytes, bytes: clampBytes(refusedBytes / 2, refusedBytes) };
}

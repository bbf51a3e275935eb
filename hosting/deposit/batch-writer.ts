import type { FileHandle } from "node:fs/promises";

const SYNC_EVERY_BYTES = 32 * 1024 ** 2;
const SYNC_EVERY_MS = 5_000;
const FLUSH_EVERY_MS = 1_000;

export interface BatchWriterOptions {
  readonly file: FileHandle;
  readonly offset: number;
  /** How many bytes to gather before a write, now: fewer when many uploads share the memory. */
  readonly batchBytes: () => number;
  /** Told of each offset whose bytes are on stable storage. Must not throw. */
  readonly onDurable: (offset: number) => Promise<void>;
  readonly onDrained: () => void;
  readonly onFailure: (failure: unknown) => void;
}

/**
 * Gathers what arrives and writes it in large vectors, one write at a time, while the next batch gathers. It syncs in
 * the background now and then, so that the last sync before an answer has little left to do.
 */
export class BatchWriter {
  readonly #options: BatchWriterOptions;
  #chunks: Buffer[] = [];
  #gatheredBytes = 0;
  #writtenOffset: number;
  #durableOffset: number;
  #lastSyncAt = Date.now();
  #lastFlushAt = Date.now();
  #writing: Promise<void> | null = null;
  #syncing: Promise<void> | null = null;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
    this.#writtenOffset = options.offset;
    this.#durableOffset = options.offset;
  }

  /** Takes a chunk; false when the sender should wait for `onDrained`. */
  push(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    this.#gatheredBytes += chunk.length;
    const isFull = this.#gatheredBytes >= this.#options.batchBytes();
    if (this.#writing) return !isFull;
    if (isFull || Date.now() - this.#lastFlushAt >= FLUSH_EVERY_MS) this.#startWriting();
    return true;
  }

  /** Writes and syncs the rest; returns the offset reached, all of it on stable storage. */
  async finish(): Promise<number> {
    while (this.#writing || this.#gatheredBytes > 0) {
      if (!this.#writing) this.#startWriting();
      await this.#writing;
    }
    await this.#syncing;
    if (this.#durableOffset < this.#writtenOffset) await this.#sync();
    return this.#durableOffset;
  }

  #startWriting(): void {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#gatheredBytes = 0;
    this.#lastFlushAt = Date.now();
    this.#writing = this.#write(chunks)
      .catch((failure: unknown) => {
        this.#chunks = [];
        this.#gatheredBytes = 0;
        this.#options.onFailure(failure);
      })
      .finally(() => {
        this.#writing = null;
        this.#options.onDrained();
      });
  }

  async #write(chunks: Buffer[]): Promise<void> {
    let rest = chunks;
    while (rest.length > 0) {
      const { bytesWritten } = await this.#options.file.writev(rest, this.#writtenOffset);
      this.#writtenOffset += bytesWritten;
      rest = afterBytes(rest, bytesWritten);
    }
    const sinceSync = this.#writtenOffset - this.#durableOffset;
    const isDue = sinceSync >= SYNC_EVERY_BYTES || Date.now() - this.#lastSyncAt >= SYNC_EVERY_MS;
    if (isDue && !this.#syncing) {
      this.#syncing = this.#sync()
        .catch((failure: unknown) => this.#options.onFailure(failure))
        .finally(() => {
          this.#syncing = null;
        });
    }
  }

  async #sync(): Promise<void> {
    const offset = this.#writtenOffset;
    this.#lastSyncAt = Date.now();
    await this.#options.file.datasync();
    this.#durableOffset = offset;
    await this.#options.onDurable(offset);
  }
}

/** What is left of the chunks after the first bytes: a vector may be written in part. */
function afterBytes(chunks: Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  const index = chunks.findIndex((chunk) => {
    if (left < chunk.length) return true;
    left -= chunk.length;
    return false;
  });
  if (index === -1) return [];
  const [first, ...others] = chunks.slice(index);
  return first ? [first.subarray(left), ...others] : [];
}

import { Batch } from "./batch.ts";
import type { UploadFile } from "./upload-file.ts";

const SYNC_EVERY_BYTES = 64 * 1024 ** 2;
/** Of all uploads together: with a thousand of them the disk must be left to the answers that wait for it. */
const MOST_SYNCS_AHEAD = 2;

let syncsAhead = 0;

export interface BatchWriterOptions {
  readonly file: UploadFile;
  readonly offset: number;
  /** How many blocks to gather before a write, now: fewer when many uploads share the memory. */
  readonly batchBlocks: () => number;
  /** After how long what has arrived is written and synced, full batch or not: what a kill costs its sender. */
  readonly saveEveryMs: () => number;
  /** Told of each offset whose bytes are on stable storage. */
  readonly onDurable: (offset: number) => Promise<void>;
  /** There is room again, after `push` said that there was none. */
  readonly onDrained: () => void;
  /** Nothing more will be written; `finish` throws why. */
  readonly onFailure: () => void;
}

/**
 * Gathers what arrives and writes it in large batches, one write at a time, while the next batch gathers. It syncs in
 * the background now and then, so that a crash costs the sender little.
 */
export class BatchWriter {
  readonly #options: BatchWriterOptions;
  #batch: Batch;
  /** Arrived when there was no room for it. */
  #pending: Buffer | null = null;
  #writtenOffset: number;
  #durableOffset: number;
  #lastWriteAt = Date.now();
  #lastSyncAt = Date.now();
  #writing: Promise<void> | null = null;
  #syncing: Promise<void> | null = null;
  #failure: { readonly cause: unknown } | null = null;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
    this.#batch = new Batch(options.offset);
    this.#writtenOffset = options.offset;
    this.#durableOffset = options.offset;
  }

  /** True while the sender has to wait for us. */
  get isFull(): boolean {
    return this.#pending !== null;
  }

  /** Takes a chunk, whose memory it may take away; false when the sender should wait for `onDrained`. */
  push(chunk: Buffer): boolean {
    const waiting = this.#pending ? Buffer.concat([this.#pending, chunk]) : chunk;
    this.#pending = this.#batch.add(waiting, this.#options.batchBlocks());
    if (this.#pending === null) releaseMemory(waiting);
    this.#advance(Date.now() - this.#lastWriteAt >= this.#options.saveEveryMs());
    return !this.isFull;
  }

  /** Writes and syncs the rest; returns the offset reached, all of it on stable storage. Throws when the disk failed. */
  async finish(): Promise<number> {
    try {
      this.#advance(true);
      while (this.#writing) {
        await this.#writing;
        this.#advance(true);
      }
      await this.#syncing;
      if (this.#failure) throw this.#failure.cause;
      if (this.#durableOffset < this.#writtenOffset) await this.#sync();
      return this.#durableOffset;
    } finally {
      this.#batch.release();
    }
  }

  /** Starts a write when none is under way and there is a reason for one. */
  #advance(isDue: boolean): void {
    while (!this.#writing && !this.#failure) {
      const blocks = this.#options.batchBlocks();
      if (this.#pending) this.#pending = this.#batch.add(this.#pending, blocks);
      if (this.#batch.isEmpty && this.#pending) this.#startWriting(this.#writeAlone(this.#pending));
      else if (!this.#batch.isEmpty && (isDue || this.#pending || this.#batch.isFull(blocks)))
        this.#startWriting(this.#writeBatch(this.#batch));
      else return;
      if (this.#pending) this.#pending = this.#batch.add(this.#pending, blocks);
    }
  }

  #startWriting(write: Promise<void>): void {
    this.#lastWriteAt = Date.now();
    this.#writing = write
      .catch((failure: unknown) => this.#fail(failure))
      .finally(() => {
        this.#writing = null;
        const wasFull = this.isFull;
        this.#advance(false);
        if (wasFull && !this.isFull) this.#options.onDrained();
      });
  }

  async #writeBatch(batch: Batch): Promise<void> {
    this.#batch = new Batch(batch.to);
    try {
      await this.#options.file.writeBatch(batch);
    } finally {
      batch.release();
    }
    this.#advanceWritten(batch.to);
  }

  /** Without a block of our own, while others hold them all: slower, but it goes on. */
  async #writeAlone(chunk: Buffer): Promise<void> {
    const offset = this.#writtenOffset;
    this.#pending = null;
    this.#batch = new Batch(offset + chunk.length);
    await this.#options.file.writeChunk(chunk, offset);
    this.#advanceWritten(offset + chunk.length);
  }

  #advanceWritten(offset: number): void {
    this.#writtenOffset = offset;
    const isOld = Date.now() - this.#lastSyncAt >= this.#options.saveEveryMs();
    const isDue = isOld || offset - this.#durableOffset >= SYNC_EVERY_BYTES;
    if (!isDue || this.#syncing || syncsAhead >= MOST_SYNCS_AHEAD) return;
    syncsAhead += 1;
    this.#syncing = this.#sync()
      .catch((failure: unknown) => this.#fail(failure))
      .finally(() => {
        this.#syncing = null;
        syncsAhead -= 1;
      });
  }

  async #sync(): Promise<void> {
    const offset = this.#writtenOffset;
    this.#lastSyncAt = Date.now();
    await this.#options.file.sync();
    this.#durableOffset = offset;
    await this.#options.onDurable(offset);
  }

  /** The first failure counts, not those that follow from it. */
  #fail(cause: unknown): void {
    this.#failure ??= { cause };
    this.#pending = null;
    this.#options.onFailure();
  }
}

/**
 * Frees the memory of a chunk that was copied, at once: left to the garbage collector, 64 KiB for each packet make it
 * run all the time. Only where the chunk is alone in it.
 */
function releaseMemory(chunk: Buffer): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === chunk.byteLength) buffer.transfer(0);
}

import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { failureCode } from "#platform/failure.ts";
import { type Batch, PAGE_BYTES } from "./batch.ts";

/** Below that, the kernel's cache is cheaper than waiting for the disk: many slow uploads make many small batches. */
const SMALLEST_DIRECT_BYTES = 256 * 1024;

/**
 * A file being received. Whole pages are written past the kernel's cache, where the file system allows it: an upload is
 * not read again soon, and the cache costs more processor time than all the rest of its reception. A page is written
 * either way, never both ways, so the two never meet.
 */
export class UploadFile {
  readonly #path: string;
  readonly #cached: FileHandle;
  #direct: FileHandle | "untried" | "refused" = "untried";
  #cachedTo = 0;
  #syncedTo = 0;

  private constructor(path: string, cached: FileHandle) {
    this.#path = path;
    this.#cached = cached;
  }

  /** Opens a file to go on at `offset`. What lies beyond was written by someone who died, and never acknowledged. */
  static async open(path: string, offset: number): Promise<UploadFile> {
    const cached = await open(path, "r+");
    try {
      if ((await cached.stat()).size > offset) await cached.truncate(offset);
      return new UploadFile(path, cached);
    } catch (failure) {
      await cached.close();
      throw failure;
    }
  }

  async writeBatch(batch: Batch): Promise<void> {
    const { from, to } = batch;
    const firstPage = Math.ceil(from / PAGE_BYTES) * PAGE_BYTES;
    const lastPage = Math.floor(to / PAGE_BYTES) * PAGE_BYTES;
    if (lastPage - firstPage < SMALLEST_DIRECT_BYTES) return this.#writeCached(batch, from, to);
    await this.#writeCached(batch, from, firstPage);
    await this.#writePages(batch, firstPage, lastPage);
    await this.#writeCached(batch, lastPage, to);
  }

  async writeChunk(chunk: Buffer, offset: number): Promise<void> {
    await writeAll(this.#cached, [chunk], offset);
    this.#cachedTo = offset + chunk.length;
  }

  /** Puts all that was written on stable storage. */
  async sync(): Promise<void> {
    const cachedTo = this.#cachedTo;
    await this.#cached.datasync();
    this.#syncedTo = cachedTo;
  }

  async close(): Promise<void> {
    await this.#cached.close();
    if (typeof this.#direct === "object") await this.#direct.close();
  }

  async #writeCached(batch: Batch, from: number, to: number): Promise<void> {
    if (to === from) return;
    await writeAll(this.#cached, batch.slice(from, to), from);
    this.#cachedTo = to;
  }

  async #writePages(batch: Batch, from: number, to: number): Promise<void> {
    const direct = await this.#openDirect();
    if (!direct) return this.#writeCached(batch, from, to);
    // A power cut must not leave a file that is longer than what it holds: what lies before comes first.
    if (this.#cachedTo > this.#syncedTo) await this.sync();
    try {
      await writeAll(direct, batch.slice(from, to), from);
    } catch (failure) {
      if (failureCode(failure) !== "EINVAL") throw failure;
      this.#direct = "refused";
      await direct.close();
      await this.#writeCached(batch, from, to);
    }
  }

  async #openDirect(): Promise<FileHandle | null> {
    if (this.#direct === "untried") {
      this.#direct =
        constants.O_DIRECT === undefined
          ? "refused"
          : await open(this.#path, constants.O_WRONLY | constants.O_DIRECT).catch((failure: unknown) => {
              if (failureCode(failure) === "EINVAL") return "refused" as const;
              throw failure;
            });
    }
    return this.#direct === "refused" ? null : this.#direct;
  }
}

/** A vector may be written in part: then the rest follows. */
async function writeAll(file: FileHandle, buffers: Buffer[], offset: number): Promise<void> {
  let rest = buffers;
  let position = offset;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest, position);
    position += bytesWritten;
    rest = afterBytes(rest, bytesWritten);
  }
}

function afterBytes(buffers: Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  const index = buffers.findIndex((buffer) => {
    if (left < buffer.length) return true;
    left -= buffer.length;
    return false;
  });
  if (index === -1) return [];
  const [first, ...others] = buffers.slice(index);
  return first ? [first.subarray(left), ...others] : [];
}

import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

const BLOCK_BYTES = 1024 * 1024;
// Node ends the process at a read of 2 GiB.
const MAX_READ_BYTES = 64 * 1024 * 1024;

/** Reads exactly `lengthBytes` at `position`; an end of file there is an error of our own disk. */
export async function readAt(handle: FileHandle, position: number, lengthBytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(lengthBytes);
  let filled = 0;
  while (filled < lengthBytes) {
    const wantedBytes = Math.min(lengthBytes - filled, MAX_READ_BYTES);
    const { bytesRead } = await handle.read(buffer, filled, wantedBytes, position + filled);
    if (bytesRead === 0) throw new Error("the archive became shorter while it was read");
    filled += bytesRead;
  }
  return buffer;
}

/** Reads a file once from its first byte to its last, one block ahead of its user, and hashes all of it. */
export class ArchiveReader {
  readonly #handle: FileHandle;
  readonly #sizeBytes: number;
  readonly #hash: Hash = createHash("sha256");
  #block: Buffer = Buffer.alloc(0);
  #consumed = 0;
  #fetchedBytes = 0;
  #ahead: Promise<Buffer> | null = null;

  constructor(handle: FileHandle, sizeBytes: number) {
    this.#handle = handle;
    this.#sizeBytes = sizeBytes;
    this.#fetchAhead();
  }

  /** Offset of the next byte. */
  get position(): number {
    return this.#fetchedBytes - (this.#block.length - this.#consumed);
  }

  /** At least one byte and at most `maxBytes`, without copying them. */
  async readSome(maxBytes: number): Promise<Buffer> {
    if (this.#consumed === this.#block.length) await this.#nextBlock();
    const chunk = this.#block.subarray(this.#consumed, this.#consumed + maxBytes);
    this.#consumed += chunk.length;
    return chunk;
  }

  async readExactly(lengthBytes: number): Promise<Buffer> {
    if (lengthBytes === 0) return Buffer.alloc(0);
    const first = await this.readSome(lengthBytes);
    if (first.length === lengthBytes) return first;
    const parts = [first];
    for (let missing = lengthBytes - first.length; missing > 0; ) {
      const part = await this.readSome(missing);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  async skipTo(position: number): Promise<void> {
    while (this.position < position) await this.readSome(position - this.position);
  }

  /** SHA-256 of the whole file, in hexadecimal; ends the reading. */
  async finish(): Promise<string> {
    await this.skipTo(this.#sizeBytes);
    return this.#hash.digest("hex");
  }

  async #nextBlock(): Promise<void> {
    if (this.#ahead === null) throw new Error("read past the end of the archive");
    const block = await this.#ahead;
    this.#fetchedBytes += block.length;
    this.#block = block;
    this.#consumed = 0;
    this.#fetchAhead();
    this.#hash.update(block);
  }

  #fetchAhead(): void {
    const lengthBytes = Math.min(BLOCK_BYTES, this.#sizeBytes - this.#fetchedBytes);
    this.#ahead = lengthBytes > 0 ? readAt(this.#handle, this.#fetchedBytes, lengthBytes) : null;
    // Awaited by the next block; a caller that gives up before must not crash the process.
    this.#ahead?.catch(() => undefined);
  }
}

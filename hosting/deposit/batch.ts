import { BLOCK_BYTES, giveBlocksBack, takeBlock } from "./blocks.ts";

/** What direct writes are made of: a page, in memory and in the file. */
export const PAGE_BYTES = 4096;

/** Consecutive bytes of a file, gathered in blocks; a byte lies as far into its page in memory as in the file. */
export class Batch {
  readonly from: number;
  /** Where the first block begins, in the file. */
  readonly #base: number;
  #to: number;
  #blocks: Buffer[] = [];

  constructor(from: number) {
    this.from = from;
    this.#base = from - (from % PAGE_BYTES);
    this.#to = from;
  }

  /** The offset of the first byte after it. */
  get to(): number {
    return this.#to;
  }

  get isEmpty(): boolean {
    return this.#to === this.from;
  }

  isFull(maxBlocks: number): boolean {
    return this.#to - this.#base >= maxBlocks * BLOCK_BYTES;
  }

  /** Copies what finds room; returns the rest, null when there is none. */
  add(chunk: Buffer, maxBlocks: number): Buffer | null {
    let rest = chunk;
    while (rest.length > 0) {
      const index = Math.floor((this.#to - this.#base) / BLOCK_BYTES);
      const block = this.#blocks[index] ?? this.#extend(maxBlocks);
      if (!block) return rest;
      const start = (this.#to - this.#base) % BLOCK_BYTES;
      const taken = Math.min(rest.length, BLOCK_BYTES - start);
      rest.copy(block, start, 0, taken);
      this.#to += taken;
      rest = rest.subarray(taken);
    }
    return null;
  }

  /** The bytes from one offset of the file to another. */
  slice(from: number, to: number): Buffer[] {
    const first = Math.floor((from - this.#base) / BLOCK_BYTES);
    const last = Math.ceil((to - this.#base) / BLOCK_BYTES);
    return this.#blocks.slice(first, last).map((block, index) => {
      const begin = this.#base + (first + index) * BLOCK_BYTES;
      return block.subarray(Math.max(0, from - begin), Math.min(BLOCK_BYTES, to - begin));
    });
  }

  /** Gives the memory back. Nothing may be added nor read any more. */
  release(): void {
    giveBlocksBack(this.#blocks);
    this.#blocks = [];
  }

  #extend(maxBlocks: number): Buffer | null {
    const block = this.#blocks.length < maxBlocks ? takeBlock() : null;
    if (block) this.#blocks.push(block);
    return block;
  }
}

/** A block's size; also that of WebAssembly's memory pages, of which the blocks are made. */
export const BLOCK_BYTES = 64 * 1024;
/** All that receptions may hold in memory between them. */
export const POOL_BLOCKS = 1024;

let free: Buffer[] | null = null;

/**
 * A block of memory that begins on a page boundary, as the kernel wants it for a write that passes its cache by; null
 * while all are taken. Node's own buffers begin anywhere: WebAssembly's memory is the one that is aligned.
 */
export function takeBlock(): Buffer | null {
  free ??= makePool();
  return free.pop() ?? null;
}

export function giveBlocksBack(blocks: readonly Buffer[]): void {
  free?.push(...blocks);
}

function makePool(): Buffer[] {
  const { buffer } = new WebAssembly.Memory({ initial: POOL_BLOCKS, maximum: POOL_BLOCKS });
  return Array.from({ length: POOL_BLOCKS }, (_, index) =>
    Buffer.from(buffer, (POOL_BLOCKS - 1 - index) * BLOCK_BYTES, BLOCK_BYTES),
  );
}

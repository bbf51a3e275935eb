import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BatchWriter } from "./batch-writer.ts";
import { giveBlocksBack, POOL_BLOCKS, takeBlock } from "./blocks.ts";
import { UploadFile } from "./upload-file.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "bcdi-batch-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const chunkBytes = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 4_000, max: 70_000 }),
  fc.constantFrom(4096, 65_536),
);
const reception = fc.record({
  startBytes: fc.oneof(fc.constantFrom(0, 4096, 65_536), fc.integer({ min: 0, max: 200_000 })),
  chunks: fc.array(chunkBytes, { minLength: 1, maxLength: 60 }),
  batchBlocks: fc.integer({ min: 1, max: 8 }),
  /** How many blocks of the pool others hold. */
  takenByOthers: fc.constantFrom(0, POOL_BLOCKS - 3, POOL_BLOCKS - 1, POOL_BLOCKS),
});

test("What arrives is what is on the disk, wherever it begins, however it is cut and however little memory is left", async () => {
  await fc.assert(
    fc.asyncProperty(reception, async ({ startBytes, chunks, batchBlocks, takenByOthers }) => {
      const path = join(directory, "upload");
      const before = randomBytes(startBytes);
      await writeFile(path, before);
      const arriving = chunks.map((sizeBytes) => randomBytes(sizeBytes));
      const expected = Buffer.concat([before, ...arriving]);
      const others = takeBlocks(takenByOthers);
      try {
        const { reached, durable } = await receive({ path, offset: startBytes, batchBlocks, arriving });
        expect(reached).toBe(expected.length);
        expect(durable.at(-1)).toBe(expected.length);
        expect((await readFile(path)).equals(expected)).toBe(true);
      } finally {
        giveBlocksBack(others);
      }
      expect(countFreeBlocks()).toBe(POOL_BLOCKS);
    }),
    { numRuns: 150 },
  );
});

test("A disk that fails is told to whoever finishes, and no memory is kept", async () => {
  const path = join(directory, "closed");
  await writeFile(path, "");
  const file = await UploadFile.open(path, 0);
  await file.close();
  let failures = 0;
  const writer = new BatchWriter({
    ...{
      file,
      offset: 0,
      batchBlocks: () => 1,
      saveEveryMs: () => 0,
      onDurable: async () => {},
      onDrained: () => {},
    },
    onFailure: () => {
      failures += 1;
    },
  });
  writer.push(randomBytes(200_000));
  await expect(writer.finish()).rejects.toThrow("closed");
  expect(failures).toBeGreaterThan(0);
  expect(countFreeBlocks()).toBe(POOL_BLOCKS);
});

async function receive(given: { path: string; offset: number; batchBlocks: number; arriving: Buffer[] }) {
  const file = await UploadFile.open(given.path, given.offset);
  const durable: number[] = [];
  let drained: () => void = () => {};
  const writer = new BatchWriter({
    ...{ file, offset: given.offset, batchBlocks: () => given.batchBlocks, saveEveryMs: () => 10_000 },
    onDurable: async (offset) => {
      durable.push(offset);
    },
    onDrained: () => drained(),
    onFailure: () => {},
  });
  for (const chunk of given.arriving) {
    const { promise, resolve } = Promise.withResolvers<void>();
    drained = resolve;
    if (!writer.push(Buffer.from(chunk))) await promise;
  }
  const reached = await writer.finish();
  await file.close();
  return { reached, durable };
}

function takeBlocks(count: number): Buffer[] {
  return Array.from({ length: count }, () => takeBlock()).filter((block) => block !== null);
}

function countFreeBlocks(): number {
  const taken = takeBlocks(POOL_BLOCKS + 1);
  giveBlocksBack(taken);
  return taken.length;
}

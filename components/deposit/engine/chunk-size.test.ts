import { expect, test } from "vitest";
import { adaptChunkSize, FIRST_CHUNK_SIZE, halveChunkSize, refuseChunkSize } from "./chunk-size.ts";

const MIB = 1024 * 1024;

test("a request of 30 to 60 seconds keeps its size", () => {
  expect(adaptChunkSize(FIRST_CHUNK_SIZE, 8 * MIB, 40_000)).toEqual(FIRST_CHUNK_SIZE);
});

test("a fast line doubles the requests, up to 64 MiB", () => {
  let size = FIRST_CHUNK_SIZE;
  const sizes = [16, 32, 64, 64].map(() => {
    size = adaptChunkSize(size, size.bytes, 500);
    return size.bytes / MIB;
  });
  expect(sizes).toEqual([16, 32, 64, 64]);
});

test("a slow line shrinks them by at most half at a time, down to 256 KiB", () => {
  expect(adaptChunkSize(FIRST_CHUNK_SIZE, 8 * MIB, 600_000).bytes).toBe(4 * MIB);
  let size = FIRST_CHUNK_SIZE;
  for (let step = 0; step < 20; step += 1) size = halveChunkSize(size);
  expect(size.bytes).toBe(256 * 1024);
});

test("the short end of a file says nothing about the line", () => {
  expect(adaptChunkSize(FIRST_CHUNK_SIZE, 1_000, 900)).toEqual(FIRST_CHUNK_SIZE);
});

test("a size that something on the way refused is never tried again", () => {
  const refused = refuseChunkSize(FIRST_CHUNK_SIZE);
  expect(refused?.bytes).toBe(4 * MIB);
  expect(refused && adaptChunkSize(refused, 4 * MIB, 100).bytes).toBe(4 * MIB);
});

test("a refusal of the smallest size leaves nothing to try", () => {
  expect(refuseChunkSize({ bytes: 256 * 1024, refusedBytes: Number.POSITIVE_INFINITY })).toBeNull();
});

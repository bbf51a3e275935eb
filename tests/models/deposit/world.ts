import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import type { DepositTest } from "#tests/hosting/use-deposit.ts";

export const HOUR_MS = 60 * 60 * 1000;

/** What the server must know of one upload. */
export interface ModelUpload {
  readonly id: string;
  readonly content: Buffer;
  received: number;
  last: { readonly offset: number; readonly bytes: Buffer } | null;
  /** The hour of the model's clock at which somebody last asked for it, or sent some of it. */
  idleSince: number;
}

export interface Model {
  uploads: ModelUpload[];
  /** Ids that no longer lead anywhere. */
  readonly gone: string[];
  created: number;
  hours: number;
}

export interface Real {
  readonly deposit: DepositTest;
}

/** After a line was cut, only the server knows how far it came: no less than before, no more than was sent. */
export async function learnOffset(
  upload: ModelUpload,
  deposit: DepositTest,
  model: Model,
  sentBytes: number,
): Promise<void> {
  const { status, offset } = await deposit.head(upload.id);
  expect(status).toBe(200);
  expect(offset).toBeGreaterThanOrEqual(upload.received);
  expect(offset).toBeLessThanOrEqual(upload.received + sentBytes);
  Object.assign(upload, { received: offset, last: null, idleSince: model.hours });
}

/** The deposit lists these files and no others, each with the bytes that were acknowledged; nothing else lies around. */
export async function checkDeposit(model: Model, deposit: DepositTest): Promise<void> {
  const files = await deposit.listFiles();
  expect(files.map(({ id, received }) => ({ id, received }))).toEqual(
    model.uploads.map(({ id, received }) => ({ id, received })),
  );
  for (const { id, content, received } of model.uploads) {
    const file = files.find((one) => one.id === id);
    expect(file?.status).toBe(received === content.length ? "received" : "receiving");
    const stored = await readFile(deposit.pathOf(id));
    expect(stored.subarray(0, received).equals(content.subarray(0, received))).toBe(true);
  }
  for (const id of model.gone) {
    expect((await deposit.head(id)).status).toBe(404);
    await expect(readFile(deposit.pathOf(id))).rejects.toThrow("ENOENT");
  }
}

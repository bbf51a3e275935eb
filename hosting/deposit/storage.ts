import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HostingContext } from "#hosting/context.ts";
import { findRoomBytes } from "#hosting/free-space.ts";

export function uploadPath(context: HostingContext, { rne, id }: { rne: string; id: string }): string {
  return join(context.settings.DATA_DIR, "uploads", rne, id);
}

/** Makes the empty file of an upload; on stable storage, its name included, when this returns. */
export async function createUploadFile(path: string): Promise<void> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await (await open(path, "w", 0o600)).close();
  await syncDirectory(directory);
  await syncDirectory(dirname(directory));
}

export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Bytes that deposits may still take on the disk of DATA_DIR. */
export async function findFreeBytes(context: HostingContext): Promise<number> {
  await mkdir(context.settings.DATA_DIR, { recursive: true });
  return findRoomBytes(context.settings.DATA_DIR);
}

/** Where a deposit's bases are extracted before they are moved into place: on the same disk, so that a rename moves. */
export function stagingPath(context: HostingContext, { rne, cycle }: { rne: string; cycle: number }): string {
  return join(context.settings.DATA_DIR, "staging", `${rne}-${cycle}`);
}

import { type FileHandle, open } from "node:fs/promises";
import type { InstancePaths } from "#hosting/provisioner/folder/paths.ts";
import { failureCode } from "#platform/failure.ts";

/** What a server's log may hold before its end is kept beside it and the log begun anew. */
export const MAX_LOG_BYTES = 16 * 1024 * 1024;

/**
 * Keeps a running server's log within bounds. It is emptied in place: the server holds it open, and appends. What the
 * server prints between the copy and the emptying is lost.
 */
export async function boundLog({ serverLog }: InstancePaths): Promise<void> {
  const log = await findLog(serverLog);
  if (log === null) return;
  try {
    const { size } = await log.stat();
    if (size <= MAX_LOG_BYTES) return;
    try {
      await keepTail(log, size, `${serverLog}.1`);
    } finally {
      // On a full disk too: there it is the cure.
      await log.truncate(0);
    }
  } finally {
    await log.close();
  }
}

async function findLog(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r+");
  } catch (failure) {
    if (failureCode(failure) === "ENOENT") return null;
    throw failure;
  }
}

async function keepTail(log: FileHandle, sizeBytes: number, path: string): Promise<void> {
  const tail = Buffer.alloc(MAX_LOG_BYTES);
  const { bytesRead } = await log.read(tail, 0, MAX_LOG_BYTES, sizeBytes - MAX_LOG_BYTES);
  const former = await open(path, "w", 0o600);
  try {
    await former.writeFile(tail.subarray(0, bytesRead));
  } finally {
    await former.close();
  }
}

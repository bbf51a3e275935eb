import { statfs } from "node:fs/promises";

// Kept free for the database and the journals, which share the disk.
const RESERVE_BYTES = 256 * 1024 ** 2;

/** Bytes that bases may still take on the disk of this folder; below zero where the reserve is broken into. */
export async function findRoomBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize - RESERVE_BYTES;
}

import { open } from "node:fs/promises";

/** Writes these bytes with a hole of zeros in their midst, which takes no room on the disk. */
export async function writeSparse(
  path: string,
  bytes: Buffer,
  { at, holeBytes }: { at: number; holeBytes: number },
): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.write(bytes, 0, at, 0);
    await file.write(bytes, at, bytes.length - at, at + holeBytes);
  } finally {
    await file.close();
  }
}

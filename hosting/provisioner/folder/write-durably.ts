import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { syncDirectory } from "#hosting/deposit/storage.ts";

/** Replaces a file whole: a reader, or a cut, sees the old one or the new one. */
export async function writeDurably(path: string, content: Buffer): Promise<void> {
  const temporaryPath = `${path}.new`;
  const file = await open(temporaryPath, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporaryPath, path);
  await syncDirectory(dirname(path));
}

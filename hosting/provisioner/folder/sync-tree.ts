import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Brings every file and every name below a folder to stable storage. */
export async function syncTree(folder: string): Promise<void> {
  for (const found of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, found.name);
    if (found.isDirectory()) await syncTree(path);
    else if (found.isFile()) await syncPath(path);
  }
  await syncPath(folder);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

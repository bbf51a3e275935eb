import { rename, rm, stat } from "node:fs/promises";
import { failureCode } from "#platform/failure.ts";

/** Whether something stands there; a disk that does not answer is a failure, not a no. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (failure) {
    if (failureCode(failure) === "ENOENT") return false;
    throw failure;
  }
}

/** Out of the way in one step, then gone. */
export async function discard(path: string, discarded: string): Promise<void> {
  await rm(discarded, { recursive: true, force: true });
  if (await exists(path)) await rename(path, discarded);
  await rm(discarded, { recursive: true, force: true });
}

import { type FileHandle, open, readlink } from "node:fs/promises";
import { devNull } from "node:os";
import { onTestFinished } from "vitest";

/** The paths that are synced from now on until the test ends, each as it was called then. */
export async function watchSyncs(): Promise<readonly string[]> {
  const handle = await open(devNull, "r");
  const prototype: Pick<FileHandle, "sync"> = Object.getPrototypeOf(handle);
  await handle.close();
  const { sync } = prototype;
  const paths: string[] = [];
  prototype.sync = async function (this: FileHandle) {
    await sync.call(this);
    paths.push(await readlink(`/proc/self/fd/${this.fd}`));
  };
  onTestFinished(() => {
    prototype.sync = sync;
  });
  return paths;
}

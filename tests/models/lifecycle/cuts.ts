import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { instancePaths } from "#hosting/provisioner/folder/paths.ts";
import type { Cuts } from "#tests/provisioner/double.ts";

/** What the folder provisioner has done by the middle of what can be seen half done. */
export function cutsOf(dataDirectory: string): Cuts {
  return {
    mount: async ({ rne }, [first]) => {
      const { freshBases } = instancePaths(dataDirectory, rne);
      if (!first) return;
      await mkdir(freshBases, { recursive: true });
      await rm(join(freshBases, first.name), { recursive: true, force: true });
      await rename(first.directory, join(freshBases, first.name));
    },
    remove: ({ rne }) => rm(instancePaths(dataDirectory, rne).bases, { recursive: true, force: true }),
  };
}

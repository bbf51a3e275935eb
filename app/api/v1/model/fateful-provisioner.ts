import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { instancePaths } from "#hosting/provisioner/folder/paths.ts";
import {
  type BaseToMount,
  type Operation,
  type Provisioner,
  ProvisionerFailure,
  type Target,
} from "#hosting/provisioner/port.ts";
import type { Fate } from "./fate.ts";
import type { Mortal } from "./mortal.ts";

export type FateOf = (operation: Operation, nth: number) => Fate;

/** A real provisioner whose operations end as fate has it, each time that they are called. */
export function createFatefulProvisioner(
  real: Provisioner,
  { fateOf, mortal, dataDirectory }: { fateOf: FateOf; mortal: Mortal; dataDirectory: string },
): Provisioner {
  const counts = new Map<Operation, number>();
  const under =
    <Parameters extends [Target, ...unknown[]], Result>(
      operation: Operation,
      run: (...parameters: Parameters) => Promise<Result>,
      cut: (...parameters: Parameters) => Promise<void> = async () => {},
    ) =>
    async (...parameters: Parameters): Promise<Result> => {
      const nth = (counts.get(operation) ?? 0) + 1;
      counts.set(operation, nth);
      const fate = fateOf(operation, nth);
      if (fate === "killed before" || mortal.isDead) return mortal.die();
      if (fate === "passing failure") throw new ProvisionerFailure("the disk is busy", { isTransient: true });
      if (fate === "lasting failure")
        throw new ProvisionerFailure("no such template", { isTransient: false });
      if (fate === "killed midway") {
        await cut(...parameters);
        return mortal.die();
      }
      const result = await run(...parameters);
      if (fate === "killed after") return mortal.die();
      if (fate === "torn") throw new ProvisionerFailure("the answer was lost", { isTransient: true });
      return result;
    };

  async function mountHalf({ rne }: Target, bases: readonly BaseToMount[]): Promise<void> {
    const { freshBases } = instancePaths(dataDirectory, rne);
    const [first] = bases;
    if (!first) return;
    await mkdir(freshBases, { recursive: true });
    await rm(join(freshBases, first.name), { recursive: true, force: true });
    await rename(first.directory, join(freshBases, first.name));
  }

  async function removeHalf({ rne }: Target): Promise<void> {
    await rm(instancePaths(dataDirectory, rne).bases, { recursive: true, force: true });
  }

  return {
    install: under("install", real.install),
    mount: under("mount", real.mount, mountHalf),
    open: under("open", real.open),
    alter: under("alter", real.alter),
    archive: under("archive", real.archive),
    remove: under("remove", real.remove, removeHalf),
  };
}

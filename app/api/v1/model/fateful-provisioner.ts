import { type Provisioner, ProvisionerFailure } from "#hosting/provisioner/port.ts";

/** How the next operation ends. The two deaths are a worker killed before it, or after it but before anyone knew. */
export type Fate = "done" | "passing failure" | "lasting failure" | "killed before" | "killed after";

/** What stands for SIGKILL: nothing may catch it but the test. */
export class Killed extends Error {}

/** A real provisioner whose operations end as fate has it. */
export function createFatefulProvisioner(real: Provisioner, nextFate: () => Fate): Provisioner {
  const under =
    <Parameters extends unknown[], Result>(operation: (...parameters: Parameters) => Promise<Result>) =>
    async (...parameters: Parameters): Promise<Result> => {
      const fate = nextFate();
      if (fate === "killed before") throw new Killed();
      if (fate === "passing failure") throw new ProvisionerFailure("the disk is busy", { isTransient: true });
      if (fate === "lasting failure")
        throw new ProvisionerFailure("no such template", { isTransient: false });
      const result = await operation(...parameters);
      if (fate === "killed after") throw new Killed();
      return result;
    };
  return {
    ...real,
    install: under(real.install),
    mount: under(real.mount),
    open: under(real.open),
    alter: under(real.alter),
    archive: under(real.archive),
    remove: under(real.remove),
  };
}

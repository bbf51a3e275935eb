import { type Operation, type Provisioner, ProvisionerFailure } from "#hosting/provisioner/port.ts";

/**
 * How a run of an operation ends: it fails and may pass, it fails for good, it is done but nobody learns of it, or it
 * waits for a test before it begins.
 */
export type Fate = "passing" | "lasting" | "torn" | Promise<unknown>;

export interface Faults {
  /** The fates of the next runs of an operation, in order; those after them end well. */
  next(operation: Operation, ...fates: Fate[]): void;
  /** How often an operation was begun. */
  count(operation: Operation): number;
}

/** A real provisioner, chosen runs of which end as a test says. */
export function createFaultyProvisioner(real: Provisioner): { provisioner: Provisioner; faults: Faults } {
  const fates = new Map<Operation, Fate[]>();
  const counts = new Map<Operation, number>();
  const under =
    <Parameters extends unknown[], Result>(
      name: Operation,
      operation: (...parameters: Parameters) => Promise<Result>,
    ) =>
    async (...parameters: Parameters): Promise<Result> => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      const fate = fates.get(name)?.shift();
      if (fate === "passing")
        throw new ProvisionerFailure(`${name}: the disk is busy`, { isTransient: true });
      if (fate === "lasting")
        throw new ProvisionerFailure(`${name}: no licence left`, { isTransient: false });
      if (fate !== "torn") await fate;
      const result = await operation(...parameters);
      if (fate === "torn") throw new Error(`${name}: the connection was lost`);
      return result;
    };
  return {
    provisioner: {
      ...real,
      install: under("install", real.install),
      mount: under("mount", real.mount),
      open: under("open", real.open),
      alter: under("alter", real.alter),
      archive: under("archive", real.archive),
      remove: under("remove", real.remove),
    },
    faults: {
      next: (operation, ...more) => fates.set(operation, [...(fates.get(operation) ?? []), ...more]),
      count: (operation) => counts.get(operation) ?? 0,
    },
  };
}

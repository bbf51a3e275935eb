import {
  type Operation,
  type Provisioner,
  ProvisionerFailure,
  type Target,
} from "#hosting/provisioner/port.ts";

/**
 * How a run of an operation ends. "answer lost": it is done, but nobody learns of it. The three deaths are a worker
 * killed before it, in the middle of it, or after it but before anyone knew.
 */
export const FAULT_OUTCOMES = [
  "done",
  "transient failure",
  "permanent failure",
  "answer lost",
  "killed before",
  "killed midway",
  "killed after",
] as const;
export type FaultOutcome = (typeof FAULT_OUTCOMES)[number];

/** The outcome of the nth run of an operation, counted from 1; a run waits for a promised one before it begins. */
export type OutcomeOf = (
  operation: Operation,
  nth: number,
  target: Target,
) => FaultOutcome | Promise<FaultOutcome>;

/** Where an operation is cut when its worker is killed midway; without one it has done nothing by then. */
export type Cuts = {
  readonly [Name in Operation]?: (...parameters: Parameters<Provisioner[Name]>) => Promise<void>;
};

export interface DoubleOptions {
  readonly outcomeOf: OutcomeOf;
  /** Ends the process that the operation runs in: what it promises never comes. */
  readonly die?: () => Promise<never>;
  readonly cuts?: Cuts;
}

const dieUnprepared = () => Promise.reject(new Error("nothing here can be killed"));

/** A provisioner that does its work, each run of whose operations ends as a test has it. */
export function createProvisionerDouble(
  real: Provisioner,
  { outcomeOf, die = dieUnprepared, cuts = {} }: DoubleOptions,
): Provisioner {
  const counts = new Map<Operation, number>();
  const under =
    <Parameters extends [Target, ...unknown[]], Result>(
      operation: Operation,
      run: (...parameters: Parameters) => Promise<Result>,
      cut?: (...parameters: Parameters) => Promise<void>,
    ) =>
    async (...parameters: Parameters): Promise<Result> => {
      const nth = (counts.get(operation) ?? 0) + 1;
      counts.set(operation, nth);
      const outcome = await outcomeOf(operation, nth, parameters[0]);
      if (outcome === "killed before") return die();
      if (outcome === "transient failure")
        throw new ProvisionerFailure(`${operation}: the disk is busy`, { isTransient: true });
      if (outcome === "permanent failure")
        throw new ProvisionerFailure(`${operation}: no licence left`, { isTransient: false });
      if (outcome === "killed midway") {
        await cut?.(...parameters);
        return die();
      }
      const result = await run(...parameters);
      if (outcome === "killed after") return die();
      if (outcome === "answer lost") throw new Error(`${operation}: the connection was lost`);
      return result;
    };
  return {
    ...real,
    install: under("install", real.install, cuts.install),
    mount: under("mount", real.mount, cuts.mount),
    open: under("open", real.open, cuts.open),
    alter: under("alter", real.alter, cuts.alter),
    archive: under("archive", real.archive, cuts.archive),
    remove: under("remove", real.remove, cuts.remove),
  };
}

import type { BaseToMount, Operation, Provisioner, Target } from "#hosting/provisioner/port.ts";
import { rneOf } from "#tests/client/rne.ts";

/** One provisioner to be tested, with nothing in it yet. */
export interface ProvisionerHarness {
  readonly provisioner: Provisioner;
  /** An absolute path of its own: below it lie the bases to mount, and below it the archives are written. */
  readonly directory: string;
  /** The licence data that a server reads, as text; absent where they cannot be looked at from outside. */
  readonly readLicence?: (rne: string) => Promise<string>;
  /** What an operation that was cut may leave; absent where nothing can be planted from outside. */
  readonly leftovers?: readonly Leftover[];
  readonly interruption: Interruption;
  close(): Promise<void>;
}

/** What lies there when `operation` is run again. */
export interface Leftover {
  readonly operation: Operation;
  readonly name: string;
  plant(target: Target): Promise<unknown>;
}

/** An operation as a process that does it is told of it. */
export interface Call {
  readonly operation: Operation;
  readonly target: Target;
  readonly bases?: readonly BaseToMount[];
  readonly directory?: string;
}

/** Operations that are done by a process of their own, which is killed in the middle of its work. */
export interface Interruption {
  /** Lets the operation come to its end; the moments at which one like it can be killed, in the harness's own unit. */
  listMoments(call: Call): Promise<readonly number[]>;
  /** Kills the operation at one of these moments; false when it ended before. */
  killAt(moment: number, call: Call): Promise<boolean>;
}

export function perform(provisioner: Provisioner, call: Call): Promise<unknown> {
  const { operation, target, bases = [], directory = "" } = call;
  if (operation === "mount") return provisioner.mount(target, bases);
  if (operation === "archive") return provisioner.archive(target, directory);
  return provisioner[operation](target);
}

export interface HarnessOptions {
  /** How many ports there are for all servers together. */
  readonly portCount?: number;
}

export type CreateHarness = (options?: HarnessOptions) => Promise<ProvisionerHarness>;

let count = 0;

/** A target that no other test has. */
export function createTarget(changes: Partial<Target> = {}): Target {
  count += 1;
  return {
    rne: rneOf(3_500_000 + count),
    cycle: 1,
    griffe: "LYCEE EMILE ZOLA",
    code: "ABCDEFGH",
    version: "CL",
    ...changes,
  };
}

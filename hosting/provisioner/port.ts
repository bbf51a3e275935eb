import type { Connection } from "#contract/establishment.ts";

/** Whose server it is. `cycle` numbers the hostings of one RNE: an operation of an old one must not touch the new. */
export interface Target {
  readonly rne: string;
  readonly cycle: number;
  readonly griffe: string;
  readonly code: string;
  readonly version: string;
}

/** A checked base, extracted. `directory` is an absolute path that the operation may move away. */
export interface BaseToMount {
  readonly name: string;
  readonly role: "main" | "secondary";
  readonly directory: string;
}

/** An archive of one base, written and verified. `path` is absolute; `sizeBytes` and `sha256` are the archive's. */
export interface ArchivedBase {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** How to reach an opened server; what a client is and where to get it is hosting's to say. */
export type Opened = Omit<Connection, "client">;

/** Told what an operation that succeeded had to say, for the operator's journal. */
export type Report = (output: string) => void;

/**
 * Does the work on the server. Every operation is idempotent: done twice, or again after it was cut anywhere, it ends
 * in the same place. It throws ProvisionerFailure and nothing else.
 */
export interface Provisioner {
  /** Makes an empty server with its licence data. Refused for a cycle older than the one that stands there. */
  install(target: Target, report?: Report): Promise<void>;
  /** Makes these bases, and no others, the server's bases; the first is the main one. */
  mount(target: Target, bases: readonly BaseToMount[], report?: Report): Promise<void>;
  /** Opens the server to BCDI clients; resolves once it answers. */
  open(target: Target, report?: Report): Promise<Opened>;
  /** Gives the server the target's licence data; its bases and its address stay. */
  alter(target: Target, report?: Report): Promise<void>;
  /**
   * Writes one verified archive per base into `directory`, an absolute path; takes nothing away. The server may be
   * closed for it, so that the archives agree with themselves. Without a server there is nothing to archive.
   */
  archive(target: Target, directory: string, report?: Report): Promise<readonly ArchivedBase[]>;
  /** Takes the server and its bases away for good. Without a server, or with a later cycle's, it does nothing. */
  remove(target: Target, report?: Report): Promise<void>;
  /** Whether an opened server still answers; absent where someone else sees to that. */
  isOpen?(target: Target): Promise<boolean>;
}

export type Operation = Exclude<keyof Provisioner, "isOpen">;

/** An operation that did not succeed. `output` is for the operator's journal, never for a school. */
export class ProvisionerFailure extends Error {
  readonly isTransient: boolean;
  readonly output: string;

  constructor(message: string, options: { isTransient: boolean; output?: string }) {
    super(message);
    this.isTransient = options.isTransient;
    this.output = options.output ?? message;
  }
}

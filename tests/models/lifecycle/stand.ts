import type { State } from "#contract/states.ts";
import { QUEUES } from "./protocol-table.ts";

export interface Licence {
  readonly griffe: string;
  readonly code: string;
  readonly version: string;
}

export type FileStatus = "receiving" | "received" | "mounted" | "rejected";

/** A file of the deposit as the model knows it. */
export interface FileStand {
  readonly id: string;
  readonly fileName: string;
  /** What the school sends. */
  readonly bytes: Buffer;
  /** What NOTICES.DAT holds in it, unlike any other file's; null where the file is no base. */
  readonly notices: string | null;
  /** What its record may say: one, except after a run that was cut or overtaken. */
  readonly statuses: readonly FileStatus[];
}

/** Where an establishment stands, as the protocol has it. */
export interface Stand {
  readonly cycle: number;
  readonly state: State;
  /** Every state reached so far, in all cycles. */
  readonly steps: readonly State[];
  readonly licence: Licence;
  readonly pending: Licence | null;
  readonly alterFrom: State | null;
  readonly deleteFrom: State | null;
  readonly removalDueAt: number | null;
  readonly isHandedOver: boolean;
  readonly problem: string | null;
  readonly files: readonly FileStand[];
  /** The live jobs of the present change, each by the number of runs that failed before it. */
  readonly jobs: readonly number[];
}

/** The same establishment, one step on: where hosting acts, with one job. */
export function enter(stand: Stand, state: State, changes: Partial<Stand> = {}): Stand {
  return {
    ...stand,
    ...changes,
    state,
    steps: [...stand.steps, state],
    jobs: QUEUES[state] ? [0] : [],
  };
}

export function begin(licence: Licence): Stand {
  const nothing = { pending: null, alterFrom: null, deleteFrom: null, removalDueAt: null, problem: null };
  const files: FileStand[] = [];
  return {
    ...nothing,
    cycle: 1,
    state: "START",
    steps: ["START"],
    licence,
    isHandedOver: false,
    files,
    jobs: [0],
  };
}

/** Whether one of the file's bytes is still to come; a file's record never goes back to that. */
export function isHalf(file: FileStand): boolean {
  return file.statuses.includes("receiving");
}

export function withStatus(file: FileStand, ...statuses: FileStatus[]): FileStand {
  return { ...file, statuses: [...new Set(statuses)] };
}

/** The folder that a base of this file name is mounted as. */
export function baseNameOf({ fileName }: Pick<FileStand, "fileName">): string {
  return fileName.replace(/\.zip$/, "");
}

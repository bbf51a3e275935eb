import type { State } from "#contract/states.ts";

// Written by hand from the protocol, and from nothing of the code that is tested.

const ANY_BEFORE_ITS_END = [
  ...["START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT"],
  ...["BCDIREADY", "BCDIALTER", "STARTERROR", "BCDIUPLOADEDERROR"],
] as State[];

/** Which state follows which. A deletion, cancelled, returns to the state it came from. */
export const FOLLOWS: Record<State, readonly State[]> = {
  START: ["BCDIDBWAIT", "STARTERROR", "BCDIDELETE"],
  BCDIDBWAIT: ["BCDIDBUPLOADED", "BCDIALTER", "BCDIDELETE"],
  BCDIDBUPLOADED: ["BCDIDBUPLOADEDRIGHT", "BCDIUPLOADEDERROR", "BCDIDELETE"],
  BCDIDBUPLOADEDRIGHT: ["BCDIREADY", "BCDIUPLOADEDERROR", "BCDIDELETE"],
  BCDIREADY: ["BCDIALTER", "BCDIDELETE"],
  BCDIALTER: ["BCDIDBWAIT", "BCDIREADY", "BCDIDELETE"],
  BCDIDELETE: ["BCDIDELETED", ...ANY_BEFORE_ITS_END],
  BCDIDELETED: ["START"],
  STARTERROR: ["START", "BCDIDELETE"],
  BCDIUPLOADEDERROR: ["BCDIDBUPLOADED", "BCDIDELETE"],
};

export const CODES: Record<State, string> = {
  START: "1",
  BCDIDBWAIT: "2",
  BCDIDBUPLOADED: "3",
  BCDIDBUPLOADEDRIGHT: "4",
  BCDIREADY: "5",
  BCDIALTER: "6",
  BCDIDELETE: "7",
  BCDIDELETED: "8",
  STARTERROR: "E1",
  BCDIUPLOADEDERROR: "E2",
};

/** The queue on which hosting's work of a state waits; states without one wait for somebody else. */
export const QUEUES: Partial<Record<State, string>> = {
  START: "hosting.install",
  BCDIDBUPLOADED: "hosting.mount",
  BCDIDBUPLOADEDRIGHT: "hosting.open",
  BCDIALTER: "hosting.alter",
  BCDIDELETE: "hosting.remove",
};

/** Where files may come and go. */
export const DEPOSIT_OPEN: readonly State[] = ["BCDIDBWAIT", "BCDIUPLOADEDERROR"];

/** In passing, a step fails so often before a person looks; then further tries follow after 1, 5 and 15 minutes. */
export const RETRY_DELAYS_MS = [60_000, 5 * 60_000, 15 * 60_000] as const;
/** A deletion is never given up. */
export const REMOVE_DELAYS_MS = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000] as const;

/** A job that so many workers have died of is not tried once more by itself. */
export const MOST_DEATHS = 10;

export const GRACE_MS = 24 * 60 * 60_000;

import { z } from "zod";

/** The ten states of a hosting, spelled on the wire as in the customer's specification. */
export const STATES = [
  "START",
  "BCDIDBWAIT",
  "BCDIDBUPLOADED",
  "BCDIDBUPLOADEDRIGHT",
  "BCDIREADY",
  "BCDIALTER",
  "BCDIDELETE",
  "BCDIDELETED",
  "STARTERROR",
  "BCDIUPLOADEDERROR",
] as const;

export type State = (typeof STATES)[number];

/** The number (or E-number) of each state, as the specification's "code chiffre". */
export const STATE_CODES = {
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
} as const satisfies Record<State, string>;

/** Who has to act for the state to be left. */
export const STATE_ACTORS = {
  START: "hosting",
  BCDIDBWAIT: "establishment",
  BCDIDBUPLOADED: "hosting",
  BCDIDBUPLOADEDRIGHT: "hosting",
  BCDIREADY: "nobody",
  BCDIALTER: "hosting",
  BCDIDELETE: "hosting",
  BCDIDELETED: "establishment",
  STARTERROR: "hosting",
  BCDIUPLOADEDERROR: "establishment",
} as const satisfies Record<State, "hosting" | "establishment" | "nobody">;

/** A state read from the wire: the specification's own typo BCDIREDADY is accepted for BCDIREADY. */
export const StateSchema = z.preprocess(
  (value) => (value === "BCDIREDADY" ? "BCDIREADY" : value),
  z.enum(STATES),
);

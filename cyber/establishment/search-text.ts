import type { State } from "#contract/states.ts";

/** Without accents and in capitals, so that "emile" finds "Émile". */
export function foldText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/œ/gi, "OE")
    .replace(/[’']/g, " ")
    .toUpperCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** What the list searches and sorts by. */
export function toSearchText(subscription: { name: string; griffe: string; rne: string }): string {
  return foldText(`${subscription.name} ${subscription.griffe} ${subscription.rne}`);
}

/** Schools in trouble come first. */
export const LIST_RANKS = {
  START: 1,
  BCDIDBWAIT: 1,
  BCDIDBUPLOADED: 1,
  BCDIDBUPLOADEDRIGHT: 1,
  BCDIREADY: 1,
  BCDIALTER: 1,
  BCDIDELETE: 1,
  BCDIDELETED: 1,
  STARTERROR: 0,
  BCDIUPLOADEDERROR: 0,
} as const satisfies Record<State, 0 | 1>;

import type { EstablishmentView } from "#contract/establishment.ts";

/** How instants, sizes and estimates are said, in the school's own time zone and as of now. */
export interface Wording {
  /** "23 novembre 2026 à 15 h 05" */
  readonly instant: (iso: string) => string;
  /** "aujourd’hui à 15 h 05" */
  readonly relative: (iso: string) => string;
  readonly size: (sizeBytes: number) => string;
  readonly estimate: (nextStep: NonNullable<EstablishmentView["nextStep"]>) => {
    readonly text: string;
    readonly isLate: boolean;
  };
}

import type fc from "fast-check";
import { checkInvariants } from "./invariants.ts";
import { matchStand } from "./match.ts";
import { type Observation, observe } from "./observe.ts";
import type { School } from "./school.ts";
import type { Stand } from "./stand.ts";

/** What is believed of one establishment. */
export class Model {
  stand: Stand;
  /** What was seen last. */
  seen: Observation;
  readonly #now: () => number;

  constructor(stand: Stand, seen: Observation, now: () => number) {
    this.stand = stand;
    this.seen = seen;
    this.#now = now;
  }

  get now(): number {
    return this.#now();
  }
}

export type Command = fc.AsyncCommand<Model, School>;

/** Looks at the establishment: it must stand in one of the predicted stands, and hold to what must always hold. */
export async function settle(model: Model, school: School, outcomes: readonly Stand[]): Promise<Observation> {
  const seen = await observe(school);
  model.stand = matchStand(outcomes, seen);
  model.seen = seen;
  await checkInvariants(school, model.stand, seen);
  return seen;
}

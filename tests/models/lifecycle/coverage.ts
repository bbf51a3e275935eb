import { STATES } from "#contract/states.ts";
import { FOLLOWS } from "./protocol-table.ts";
import type { World } from "./world.ts";

/** The transitions of the protocol that no establishment has made: sequences that were not everywhere prove little. */
export async function listMissing({ db }: World): Promise<string[]> {
  const made = await db.history.groupBy({ by: ["fromState", "state"] });
  const known = new Set(made.map(({ fromState, state }) => `${fromState} -> ${state}`));
  return STATES.flatMap((from) => FOLLOWS[from].map((to) => `${from} -> ${to}`)).filter(
    (one) => !known.has(one),
  );
}

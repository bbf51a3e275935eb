import type { Changes, ChangesQuery } from "#contract/establishment.ts";
import { STATE_CODES } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { stateOf } from "./lifecycle.ts";

/** The establishments changed since a cursor, oldest change first, each once, where it stands now. */
export async function listChanges(
  context: HostingContext,
  { changedSince, limit }: ChangesQuery,
): Promise<Changes> {
  const rows = await context.db.establishment.findMany({
    where: { revision: { gt: BigInt(changedSince ?? 0) } },
    orderBy: { revision: "asc" },
    take: limit,
  });
  return {
    items: rows.map((row) => {
      const state = stateOf(row);
      return { rne: row.rne, state, stateCode: STATE_CODES[state], since: row.since.toISOString() };
    }),
    nextCursor: String(rows.at(-1)?.revision ?? changedSince ?? 0),
  };
}

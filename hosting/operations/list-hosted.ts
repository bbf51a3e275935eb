import { STATES, type State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import type { Prisma } from "#prisma/generated/client.ts";

const PAGE_SIZE = 50;

export interface HostedRow {
  readonly rne: string;
  readonly griffe: string;
  readonly state: State;
  readonly since: Date;
  readonly openIncidents: number;
}

export interface HostedList {
  readonly rows: readonly HostedRow[];
  /** How many match the search in each state, whatever the chosen state. */
  readonly counts: Readonly<Partial<Record<State, number>>>;
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
}

/** One page of the establishments, by RNE. Two queries, whatever their number. */
export async function listHosted(
  context: HostingContext,
  request: { search: string; state: State | null; page: number },
): Promise<HostedList> {
  const where: Prisma.EstablishmentWhereInput = { AND: wordsOf(request.search).map(containing) };
  const groups = await context.db.establishment.groupBy({ by: ["state"], where, _count: { _all: true } });
  const counts: Partial<Record<State, number>> = {};
  for (const group of groups) counts[stateOf(group)] = group._count._all;
  const chosen: readonly State[] = request.state ? [request.state] : STATES;
  const total = chosen.reduce((sum: number, state) => sum + (counts[state] ?? 0), 0);
  const pageCount = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(Math.max(1, request.page), pageCount);
  const rows = await context.db.establishment.findMany({
    where: request.state ? { ...where, state: request.state } : where,
    orderBy: { rne: "asc" },
    skip: (page - 1) * PAGE_SIZE,
    take: PAGE_SIZE,
    select: {
      ...{ rne: true, griffe: true, state: true, since: true },
      _count: { select: { incidents: { where: { resolvedAt: null } } } },
    },
  });
  return {
    rows: rows.map(({ _count, ...row }) => ({
      ...row,
      state: stateOf(row),
      openIncidents: _count.incidents,
    })),
    ...{ counts, total, page, pageCount },
  };
}

function wordsOf(search: string): string[] {
  // What is typed is no pattern: LIKE's own signs are meant as themselves.
  const literal = search.replace(/[\\%_]/g, "\\$&");
  return literal.split(/\s+/).filter(Boolean);
}

function containing(word: string): Prisma.EstablishmentWhereInput {
  return {
    OR: [
      { rne: { contains: word, mode: "insensitive" } },
      { griffe: { contains: word, mode: "insensitive" } },
    ],
  };
}

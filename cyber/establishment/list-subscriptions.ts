import type { State } from "#contract/states.ts";
import type { CyberContext } from "#cyber/context.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { foldText } from "./search-text.ts";
import { findState } from "./stored-state.ts";

export const PAGE_SIZE = 50;

export interface SubscriptionRow {
  readonly rne: string;
  readonly name: string;
  readonly griffe: string;
  readonly state: State | null;
  readonly since: Date | null;
  readonly isSilent: boolean;
}

export interface SubscriptionList {
  readonly rows: readonly SubscriptionRow[];
  /** How many match the search in each state, whatever the chosen state. */
  readonly counts: Readonly<Record<State, number>>;
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
}

const NO_COUNTS: Record<State, number> = {
  START: 0,
  BCDIDBWAIT: 0,
  BCDIDBUPLOADED: 0,
  BCDIDBUPLOADEDRIGHT: 0,
  BCDIREADY: 0,
  BCDIALTER: 0,
  BCDIDELETE: 0,
  BCDIDELETED: 0,
  STARTERROR: 0,
  BCDIUPLOADEDERROR: 0,
};

/** One page of the schools, those in trouble first, then by name. Two queries, whatever their number. */
export async function listSubscriptions(
  ctx: Pick<CyberContext, "db">,
  request: { search: string; state: State | null; page: number; rnes: readonly string[] | null },
): Promise<SubscriptionList> {
  const where: Prisma.SubscriptionWhereInput = {
    ...(request.rnes ? { rne: { in: [...request.rnes] } } : {}),
    AND: foldText(request.search)
      .split(" ")
      .filter(Boolean)
      .map((word) => ({ searchText: { contains: escapeWildcards(word) } })),
  };
  const groups = await ctx.db.subscription.groupBy({ by: ["state"], where, _count: { _all: true } });
  const counts = { ...NO_COUNTS };
  let everything = 0;
  for (const group of groups) {
    const state = findState(group.state);
    if (state) counts[state] = group._count._all;
    everything += group._count._all;
  }
  const total = request.state ? counts[request.state] : everything;
  const pageCount = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(Math.max(1, request.page), pageCount);
  const rows = await ctx.db.subscription.findMany({
    where: request.state ? { ...where, state: request.state } : where,
    orderBy: [{ listRank: "asc" }, { searchText: "asc" }, { rne: "asc" }],
    skip: (page - 1) * PAGE_SIZE,
    take: PAGE_SIZE,
    select: { rne: true, name: true, griffe: true, state: true, since: true, unavailableSince: true },
  });
  return {
    rows: rows.map(({ unavailableSince, ...row }) => ({
      ...row,
      state: findState(row.state),
      isSilent: unavailableSince !== null,
    })),
    ...{ counts, total, page, pageCount },
  };
}

/** The client hands these on to LIKE as they are. */
function escapeWildcards(word: string): string {
  return word.replace(/[\\%_]/g, "\\$&");
}

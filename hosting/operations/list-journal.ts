import type { HostingContext } from "#hosting/context.ts";
import type { ProvisioningEntry } from "#prisma/generated/client.ts";

const PAGE_SIZE = 50;

export interface JournalPage {
  /** Newest first. */
  readonly entries: readonly ProvisioningEntry[];
  /** Where the entries before these begin; null when there are none. */
  readonly olderBefore: bigint | null;
}

/** One page of an establishment's journal: the latest entries, or those before one of them. */
export async function listJournal(
  context: HostingContext,
  { rne, before }: { rne: string; before: bigint | null },
): Promise<JournalPage> {
  const found = await context.db.provisioningEntry.findMany({
    where: { rne },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    ...(before === null ? {} : { cursor: { id: before }, skip: 1 }),
    take: PAGE_SIZE + 1,
  });
  const entries = found.slice(0, PAGE_SIZE);
  const oldest = entries.at(-1);
  return { entries, olderBefore: found.length > PAGE_SIZE && oldest ? oldest.id : null };
}

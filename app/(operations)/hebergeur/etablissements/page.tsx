import type { Metadata } from "next";
import { z } from "zod";
import { requireOperator } from "#accounts/guards.ts";
import { HostedList } from "#components/operations/hosted-list.tsx";
import { OperationsNav } from "#components/operations/operations-nav.tsx";
import { STATES } from "#contract/states.ts";
import { hostingProcess } from "#hosting/context.ts";
import { listHosted } from "#hosting/operations/list-hosted.ts";
import { formatRelativeInstant } from "#platform/french/instants.ts";

export const metadata: Metadata = { title: "Établissements" };

const QuerySchema = z.object({
  q: z.string().max(100).catch(""),
  etat: z.enum(STATES).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});

export default async function HostedPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  await requireOperator();
  const context = hostingProcess.get();
  const { q: search, etat: state, page } = QuerySchema.parse(await searchParams);
  const list = await listHosted(context, { search: search.trim(), state, page });
  const now = context.clock.now();
  return (
    <div className="flex flex-col gap-4">
      <OperationsNav current="establishments" />
      <h1 className="text-2xl font-semibold tracking-tight">Établissements hébergés</h1>
      <HostedList
        {...{ ...list, search, state }}
        rows={list.rows.map((row) => ({ ...row, since: formatRelativeInstant(row.since, now) }))}
      />
    </div>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireSignedIn } from "#accounts/guards.ts";
import { EstablishmentList } from "#components/establishment/establishment-list.tsx";
import { STATES } from "#contract/states.ts";
import { cyberProcess } from "#cyber/context.ts";
import { listSubscriptions } from "#cyber/establishment/list-subscriptions.ts";
import { timeZoneOf } from "#cyber/wording/time-zone.ts";
import { formatRelativeInstant } from "#platform/french/instants.ts";

export const metadata: Metadata = { title: "Établissements" };

const QuerySchema = z.object({
  q: z.string().max(100).catch(""),
  etat: z.enum(STATES).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});

export default async function EstablishmentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  const { isStaff, rnes } = await requireSignedIn();
  const [onlyRne] = rnes;
  if (!isStaff && rnes.length === 1) redirect(`/etablissements/${onlyRne}`);
  const ctx = cyberProcess.get();
  const { q: search, etat: state, page } = QuerySchema.parse(await searchParams);
  const list = await listSubscriptions(ctx, { search, state, page, rnes: isStaff ? null : rnes });
  const now = ctx.clock.now();
  return (
    <EstablishmentList
      {...{ search, state, canCreate: isStaff }}
      list={{
        ...list,
        rows: list.rows.map((row) => ({
          ...row,
          since: row.since ? formatRelativeInstant(row.since, now, timeZoneOf(row.rne)) : null,
        })),
      }}
    />
  );
}

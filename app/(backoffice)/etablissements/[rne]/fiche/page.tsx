import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireAccessTo } from "#accounts/guards.ts";
import { ConnectionDocument } from "#components/establishment/connection-document.tsx";
import { cyberProcess } from "#cyber/context.ts";
import { findSubscription } from "#cyber/establishment/find-subscription.ts";
import { timeZoneOf } from "#cyber/wording/time-zone.ts";
import { formatDay } from "#platform/french/instants.ts";

export const metadata: Metadata = { title: "Fiche de connexion" };

export default async function ConnectionSheetPage({ params }: { params: Promise<{ rne: string }> }) {
  const { rne } = await params;
  await requireAccessTo(rne);
  const ctx = cyberProcess.get();
  const subscription = await findSubscription(ctx, rne);
  if (!subscription?.view?.connection) notFound();
  return (
    <ConnectionDocument
      rne={rne}
      name={subscription.name}
      connection={subscription.view.connection}
      day={formatDay(ctx.clock.now(), timeZoneOf(rne))}
    />
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { requireOperator } from "#accounts/guards.ts";
import { STATE_LOOKS } from "#components/establishment/state-looks.ts";
import { LiveConsole } from "#components/operations/live-console.tsx";
import { OperationsNav } from "#components/operations/operations-nav.tsx";
import { hostingProcess } from "#hosting/context.ts";
import { findHosted } from "#hosting/operations/find-hosted.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { HostedRecords } from "./records.tsx";
import { Situation } from "./situation.tsx";

type Props = { params: Promise<{ rne: string }>; searchParams: Promise<Record<string, unknown>> };

const QuerySchema = z.object({
  /** The journal's entries before this one. */
  avant: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt)
    .nullable()
    .catch(null),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { rne } = await params;
  await requireOperator();
  const hosted = await findHosted(hostingProcess.get(), { rne });
  return { title: hosted ? `${STATE_LOOKS[hosted.view.state].label} · ${rne}` : rne };
}

export default async function HostedEstablishmentPage({ params, searchParams }: Props) {
  const { rne } = await params;
  await requireOperator();
  const context = hostingProcess.get();
  const { avant: journalBefore } = QuerySchema.parse(await searchParams);
  const hosted = await findHosted(context, { rne, journalBefore });
  if (!hosted) notFound();
  const now = context.clock.now();
  return (
    <div className="flex flex-col gap-4">
      <OperationsNav current="establishments" />
      <div>
        <h1 className="text-2xl font-semibold tracking-tight text-balance wrap-anywhere">
          {hosted.view.griffe}
        </h1>
        <p className="text-sm text-muted-foreground">
          RNE <span className="font-mono">{rne}</span>
        </p>
      </div>
      <LiveConsole shownAt={formatInstant(now)} />
      <div className="grid items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)] [&>*]:min-w-0">
        <Situation hosted={hosted} now={now} />
        <HostedRecords hosted={hosted} journalBefore={journalBefore} />
      </div>
    </div>
  );
}

import type { Metadata } from "next";
import { requireOperator } from "#accounts/guards.ts";
import { AttentionList } from "#components/operations/attention-list.tsx";
import { ConsoleSummary } from "#components/operations/console-summary.tsx";
import { LiveConsole } from "#components/operations/live-console.tsx";
import { MachineCard } from "#components/operations/machine-card.tsx";
import { OperationsNav } from "#components/operations/operations-nav.tsx";
import { QueueCard } from "#components/operations/queue-card.tsx";
import { UndeliveredList } from "#components/operations/undelivered-list.tsx";
import { hostingProcess } from "#hosting/context.ts";
import { readConsole } from "#hosting/operations/read-console.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { resendAllAction } from "./actions.ts";
import { attentionProps, machineProps, queueRows, summaryProps, undeliveredProps } from "./console-props.ts";

export const metadata: Metadata = { title: { absolute: "Console de l’hébergeur" } };

export default async function ConsolePage() {
  await requireOperator();
  const context = hostingProcess.get();
  const figures = await readConsole(context);
  const now = context.clock.now();
  return (
    <div className="flex flex-col gap-4">
      <OperationsNav current="console" />
      <h1 className="sr-only">Console de l’hébergeur</h1>
      <LiveConsole shownAt={formatInstant(now)} />
      <ConsoleSummary {...summaryProps(figures)} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem] [&>*]:min-w-0">
        <div className="flex flex-col gap-5">
          <AttentionList {...attentionProps(figures, now)} />
          <UndeliveredList
            total={figures.undelivered.total}
            shown={figures.undelivered.shown.map((event) => undeliveredProps(event, now))}
            resendAll={resendAllAction}
          />
        </div>
        <div className="flex flex-col gap-5">
          <MachineCard {...machineProps(figures, now)} />
          <QueueCard rows={queueRows(figures)} />
        </div>
      </div>
    </div>
  );
}

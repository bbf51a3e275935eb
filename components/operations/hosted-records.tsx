import type { ReactNode } from "react";
import { StateBadge } from "#components/establishment/state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardContent, CardHeader, CardTitle } from "#components/ui/card.tsx";
import type { Base } from "#contract/deposit.ts";
import type { State } from "#contract/states.ts";
import { type DeliveryFailure, DeliveryFold } from "./delivery-fold.tsx";
import { OutputFold } from "./output-fold.tsx";
import { authorLabel, BASE_STATUS, incidentTitle, operationLabel, outcomeLook } from "./wording.ts";

/** A card with a list, or what is said in its place when the list is empty. */
function Records({
  title,
  empty,
  children,
}: {
  title: string;
  empty: string;
  children: readonly ReactNode[];
}) {
  return (
    <Card>
      <CardHeader className="pb-2!">
        <CardTitle className="text-base!">{title}</CardTitle>
      </CardHeader>
      <CardContent className="text-sm">
        {children.length === 0 ? (
          <p className="text-muted-foreground">{empty}</p>
        ) : (
          <ul className="divide-y rounded-lg border [&>li]:flex [&>li]:flex-col [&>li]:gap-1 [&>li]:px-3 [&>li]:py-2">
            {children}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

const LINE = "flex flex-wrap items-center gap-x-2.5 gap-y-0.5";
const QUIET = "text-muted-foreground";

export function BaseRecords({
  bases,
}: {
  bases: readonly (Pick<Base, "id" | "fileName" | "name" | "role" | "status" | "problem"> & {
    size: string;
  })[];
}) {
  return (
    <Records title="Bases" empty="Aucune base déposée.">
      {bases.map((base) => (
        <li key={base.id}>
          <span className={LINE}>
            <span className="font-medium wrap-anywhere">{base.name ?? base.fileName}</span>
            <Badge tone={BASE_STATUS[base.status].tone}>{BASE_STATUS[base.status].label}</Badge>
            {base.role === "main" ? <Badge>Base principale</Badge> : null}
            <span className={QUIET}>{base.size}</span>
          </span>
          {base.problem ? <span className="wrap-anywhere">{base.problem.detail}</span> : null}
        </li>
      ))}
    </Records>
  );
}

export function IncidentRecords({
  incidents,
}: {
  incidents: readonly {
    reference: string;
    kind: string;
    detail: string;
    openedAt: string;
    resolvedAt: string | null;
  }[];
}) {
  return (
    <Records title="Incidents" empty="Aucun incident.">
      {incidents.map((incident) => (
        <li key={incident.reference}>
          <span className={LINE}>
            <span className="font-medium">{incidentTitle(incident.kind)}</span>
            <Badge tone={incident.resolvedAt ? "success" : "danger"}>
              {incident.resolvedAt ? "Réglé" : "Ouvert"}
            </Badge>
            <span className="font-mono text-xs">{incident.reference}</span>
          </span>
          <span className={QUIET}>
            Ouvert le {incident.openedAt}
            {incident.resolvedAt ? `, réglé le ${incident.resolvedAt}` : ""}
          </span>
          <OutputFold summary={`Détail technique de ${incident.reference}`} text={incident.detail} />
        </li>
      ))}
    </Records>
  );
}

export function JournalRecords({
  entries,
}: {
  entries: readonly { id: string; operation: string; outcome: string; output: string; at: string }[];
}) {
  return (
    <Records title="Journal du serveur" empty="Rien pour l’instant.">
      {entries.map((entry) => {
        const isPerson = entry.operation === "operator" || entry.operation === "revive";
        const { label, tone } = outcomeLook(entry.outcome);
        return (
          <li key={entry.id}>
            <span className={LINE}>
              <span className="font-medium">{operationLabel(entry.operation)}</span>
              {isPerson ? null : <Badge tone={tone}>{label}</Badge>}
              <span className={QUIET}>{entry.at}</span>
            </span>
            {isPerson ? <span className="wrap-anywhere">{entry.output}</span> : null}
            {!isPerson && entry.output.trim() ? (
              <OutputFold summary={`Sortie du ${entry.at}`} text={entry.output} />
            ) : null}
          </li>
        );
      })}
    </Records>
  );
}

export function HistoryRecords({
  steps,
}: {
  steps: readonly {
    revision: string;
    state: State;
    at: string;
    authorKind: string;
    authorName: string;
    lasted: string | null;
  }[];
}) {
  return (
    <Records title="Historique" empty="Aucun changement d’état.">
      {steps.map((step) => (
        <li key={step.revision}>
          <span className={LINE}>
            <StateBadge state={step.state} />
            <span className={QUIET}>{step.at}</span>
          </span>
          <span className={`${QUIET} wrap-anywhere`}>
            Par {authorLabel(step.authorKind, step.authorName)}
            {step.lasted ? `, après ${step.lasted}` : ""}
          </span>
        </li>
      ))}
    </Records>
  );
}

export function EventRecords({
  events,
}: {
  events: readonly {
    id: string;
    state: State | null;
    createdAt: string;
    deliveredAt: string | null;
    isAbandoned: boolean;
    attempts: number;
    failure: DeliveryFailure | null;
    resend: ReactNode;
  }[];
}) {
  return (
    <Records title="Événements envoyés à la librairie" empty="Aucun événement.">
      {events.map((event) => (
        <li key={event.id}>
          <span className={LINE}>
            <StateBadge state={event.state} />
            <Badge tone={event.deliveredAt ? "success" : event.isAbandoned ? "danger" : "warning"}>
              {event.deliveredAt ? "Reçu" : event.isAbandoned ? "Abandonné" : "À remettre"}
            </Badge>
            <span className={QUIET}>
              {event.deliveredAt ?? event.createdAt}
              {event.attempts > 1 ? `, ${event.attempts} essais` : ""}
            </span>
          </span>
          {event.failure ? (
            <>
              <span>{event.failure.said}</span>
              <DeliveryFold id={event.id} failure={event.failure} />
            </>
          ) : null}
          {event.resend}
        </li>
      ))}
    </Records>
  );
}

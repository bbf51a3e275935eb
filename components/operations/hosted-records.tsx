import type { ReactNode } from "react";
import { StateBadge } from "#components/establishment/state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { Base } from "#contract/deposit.ts";
import type { State } from "#contract/states.ts";
import { type DeliveryFailure, DeliveryFold } from "./delivery-fold.tsx";
import { OutputFold } from "./output-fold.tsx";
import { LINE, QUIET, Records } from "./records.tsx";
import { authorLabel, BASE_STATUS, incidentTitle } from "./wording.ts";

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

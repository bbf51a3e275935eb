import { Alert } from "#components/ui/alert.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { fr } from "#components/ui/french.ts";

export interface ConsoleSummaryProps {
  readonly incidents: number;
  readonly stuck: number;
  readonly failing: number;
  readonly undelivered: number;
  readonly hasWorker: boolean;
  readonly diskTone: "success" | "warning" | "danger";
  readonly diskText: string;
}

/** The night in one line; said aloud when it changes. */
export function ConsoleSummary(summary: ConsoleSummaryProps) {
  const { incidents, stuck, failing, undelivered, hasWorker, diskTone, diskText } = summary;
  return (
    <>
      <p role="status" className="flex flex-wrap gap-2">
        <Badge tone={incidents > 0 ? "danger" : "success"}>
          {count(incidents, "Aucun incident", "incident ouvert", "incidents ouverts")}
        </Badge>
        <Badge tone={stuck > 0 ? "warning" : "success"}>
          {count(stuck, "Aucune étape bloquée", "étape bloquée", "étapes bloquées")}
        </Badge>
        {failing > 0 ? (
          <Badge tone="info">{count(failing, "", "étape retentée", "étapes retentées")}</Badge>
        ) : null}
        {undelivered > 0 ? (
          <Badge tone="warning">
            {count(undelivered, "", "événement non remis", "événements non remis")}
          </Badge>
        ) : null}
        <Badge tone={diskTone}>{diskText}</Badge>
      </p>
      {hasWorker ? null : (
        <Alert tone="danger" role="alert" title="Aucun processus de tâches n’est actif">
          <p>
            {fr(
              "Rien n’avance : les étapes reprendront d’elles-mêmes dès qu’un processus de tâches tournera.",
            )}
          </p>
        </Alert>
      )}
      {diskTone === "danger" ? (
        <Alert tone="danger" role="alert" title="Le disque est presque plein">
          <p>{fr(`${diskText}. Les dépôts seront bientôt refusés : libérez de la place.`)}</p>
        </Alert>
      ) : null}
    </>
  );
}

function count(number: number, none: string, one: string, many: string): string {
  if (number === 0) return none;
  return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

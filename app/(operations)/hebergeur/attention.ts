import { STATE_LOOKS } from "#components/establishment/state-looks.ts";
import type { Attention } from "#components/operations/attention-item.tsx";
import { incidentTitle, operationLabel } from "#components/operations/wording.ts";
import type { LastOutput } from "#hosting/operations/last-outputs.ts";
import type { OpenIncident } from "#hosting/operations/list-incidents.ts";
import type { Trouble, TroubledStep } from "#hosting/operations/list-troubled-steps.ts";
import { formatRelativeInstant } from "#platform/french/instants.ts";
import { retryAction, settleAction } from "./actions.ts";
import { sayNextTry, saySince } from "./french.ts";

const LAST_LINES = 15;

/** An open incident as the console shows it. */
export function incidentAttention(incident: OpenIncident, now: Date): Attention {
  const { reference, rne, griffe, kind, revision, canRetry, canSettle } = incident;
  return {
    ...{ key: reference, reference, rne, griffe, canRetry, canSettle },
    ...{ tone: "danger", label: "Incident", title: incidentTitle(kind), retryLabel: "Relancer maintenant" },
    since: saySince(incident.openedAt, now),
    system: sayNextTry(incident.nextTry, now) ?? sayNothingFollows(incident),
    output: outputOf(incident.output, now, messageOf(incident)),
    retry: retryAction.bind(null, rne, revision),
    settle: settleAction.bind(null, reference),
  };
}

function sayNothingFollows({ canRetry, kind }: OpenIncident): string {
  if (canRetry)
    return "Aucun nouvel essai automatique\u202f: l’étape attend que vous la relanciez. Rien n’est perdu.";
  if (kind === "alteration_failed")
    return "Le serveur garde ses anciennes informations\u202f; l’établissement peut redemander la modification.";
  return "L’étape n’est plus en échec\u202f: l’incident se ferme à la main.";
}

function messageOf({ detail }: OpenIncident): string {
  return detail.split("\n", 1)[0] ?? "";
}

function outputOf(output: LastOutput | null, now: Date, message: string): Attention["output"] {
  if (!output) return message === "" ? null : { summary: "Message technique", text: message };
  const lines = output.output.trim().split("\n").slice(-LAST_LINES).join("\n");
  const at = formatRelativeInstant(output.at, now);
  return {
    summary: `Dernières lignes (${operationLabel(output.operation).toLowerCase()}, ${at})`,
    text: [lines, message].filter(Boolean).join("\n\n"),
  };
}

const TROUBLES = {
  no_job: { tone: "warning", label: "Bloqué", title: "sans tâche en file", retryLabel: "Remettre en file" },
  late: {
    tone: "warning",
    label: "En retard",
    title: "plus long que prévu",
    retryLabel: "Relancer maintenant",
  },
  failing: { tone: "info", label: "Retenté", title: "échec passager", retryLabel: "Relancer maintenant" },
} as const satisfies Record<Trouble, Pick<Attention, "tone" | "label" | "title" | "retryLabel">>;

/** A step that does not go on as it should, without an incident. */
export function stepAttention(step: TroubledStep, now: Date): Attention {
  const { rne, griffe, state, revision, trouble, canRetry, latestAt } = step;
  const look = TROUBLES[trouble];
  const promised =
    trouble === "late" && latestAt ? `Promis au plus tard ${formatRelativeInstant(latestAt, now)}. ` : "";
  const follows =
    sayNextTry(step.nextTry, now) ?? "Le système remet l’étape en file de lui-même, toutes les dix minutes.";
  return {
    ...{ key: `${rne} ${revision}`, rne, griffe, canRetry, canSettle: false, reference: null },
    ...{ tone: look.tone, label: look.label, retryLabel: look.retryLabel },
    title: `${STATE_LOOKS[state].label}\u202f: ${look.title}`,
    since: saySince(step.since, now),
    system: `${promised}${follows}`,
    output: outputOf(step.output, now, ""),
    retry: retryAction.bind(null, rne, revision),
    settle: null,
  };
}

import type { BadgeTone } from "#components/ui/badge.tsx";
import { fr } from "#components/ui/french.ts";

/** What an incident's kind means to the operator; a kind that came later is shown by its own name. */
const INCIDENTS: Readonly<Record<string, string>> = {
  installation_failed: "L’installation du serveur a échoué",
  mounting_failed: "Le montage des bases a échoué",
  opening_failed: "La mise en service a échoué",
  alteration_failed: "La modification de la licence n’a pas été appliquée",
  removal_failed: "La suppression a échoué",
  server_down: "Le serveur ne répond plus",
};

export function incidentTitle(kind: string): string {
  return INCIDENTS[kind] ?? fr(`Incident : ${kind}`);
}

/** How many more there are than are shown, one at least. */
export function moreLabel(hidden: number): string {
  if (hidden === 1) return "Et un autre, affiché dès que l’un de ceux-ci est traité.";
  return `Et ${hidden} autres, affichés à mesure que ceux-ci sont traités.`;
}

const QUEUES: Readonly<Record<string, string>> = {
  "hosting.install": "Installation",
  "hosting.mount": "Montage",
  "hosting.open": "Mise en service",
  "hosting.alter": "Modification",
  "hosting.remove": "Suppression",
  "hosting.deliver-event": "Événements",
  "hosting.sweep": "Ménage",
  "hosting.revive": "Remise en file",
  "hosting.keep-servers": "Surveillance",
  "platform.send-mail": "E-mails",
};

export function queueLabel(name: string): string {
  return QUEUES[name] ?? name;
}

const OPERATIONS: Readonly<Record<string, string>> = {
  install: "Installation",
  mount: "Montage des bases",
  open: "Mise en service",
  alter: "Modification",
  archive: "Archivage",
  verify: "Vérification des archives",
  remove: "Suppression",
  operator: "Exploitant",
  revive: "Remise en file automatique",
};

export function operationLabel(operation: string): string {
  return OPERATIONS[operation] ?? operation;
}

const OUTCOMES: Readonly<Record<string, { label: string; tone: BadgeTone }>> = {
  done: { label: "Fait", tone: "success" },
  "try again": { label: "À retenter", tone: "warning" },
  failed: { label: "Échec", tone: "danger" },
};

export function outcomeLook(outcome: string): { label: string; tone: BadgeTone } {
  return OUTCOMES[outcome] ?? { label: outcome, tone: "neutral" };
}

const AUTHORS: Readonly<Record<string, string>> = {
  school: "l’établissement",
  cyber: "la librairie",
  operator: "l’exploitant",
  job: "le système",
};

/** "l’exploitant (operator@localhost)" */
export function authorLabel(kind: string, name: string): string {
  const label = AUTHORS[kind] ?? kind;
  return kind === "operator" || kind === "job" ? `${label} (${name})` : label;
}

export const BASE_STATUS = {
  receiving: { label: "En cours d’envoi", tone: "warning" },
  received: { label: "Reçue", tone: "info" },
  mounted: { label: "Montée", tone: "success" },
  rejected: { label: "Refusée", tone: "danger" },
} as const satisfies Record<string, { label: string; tone: BadgeTone }>;

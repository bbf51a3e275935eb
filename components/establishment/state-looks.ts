import type { BadgeTone } from "#components/ui/badge.tsx";
import type { State } from "#contract/states.ts";

/** A state's name and colour, in lists and titles. */
export const STATE_LOOKS = {
  START: { label: "Création en cours", tone: "info" },
  BCDIDBWAIT: { label: "En attente des bases", tone: "warning" },
  BCDIDBUPLOADED: { label: "Bases reçues", tone: "info" },
  BCDIDBUPLOADEDRIGHT: { label: "Bases vérifiées", tone: "info" },
  BCDIREADY: { label: "En service", tone: "success" },
  BCDIALTER: { label: "Modification en cours", tone: "info" },
  BCDIDELETE: { label: "Suppression demandée", tone: "warning" },
  BCDIDELETED: { label: "Supprimé", tone: "neutral" },
  STARTERROR: { label: "Incident de création", tone: "danger" },
  BCDIUPLOADEDERROR: { label: "Base à corriger", tone: "danger" },
} as const satisfies Record<State, { label: string; tone: BadgeTone }>;

import type { NextTry } from "#hosting/operations/remedies.ts";
import { formatDuration } from "#platform/french/durations.ts";
import { formatRelativeInstant } from "#platform/french/instants.ts";

/** "depuis aujourd’hui à 6 h 12 (48 min)" */
export function saySince(at: Date, now: Date): string {
  return `depuis ${formatRelativeInstant(at, now)} (${formatDuration(now.getTime() - at.getTime())})`;
}

const TRIES = {
  running: "Un essai est en cours.",
  waiting: "Un essai va commencer.",
  kept: "Le système tente de le rouvrir tous les quarts d’heure.",
} as const;

/** What hosting does by itself about a step; null when nothing follows. */
export function sayNextTry(nextTry: NextTry, now: Date): string | null {
  if (nextTry === null) return null;
  if (nextTry.kind !== "planned") return TRIES[nextTry.kind];
  const when = formatRelativeInstant(nextTry.at, now);
  const { failures } = nextTry;
  if (failures === 0) return `Exécution automatique ${when}.`;
  return `Nouvel essai automatique ${when}, après ${failures} échec${failures > 1 ? "s" : ""}.`;
}

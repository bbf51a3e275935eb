import { useEffect, useRef, useState } from "react";
import { fr } from "#components/ui/french.ts";
import type { DepositState } from "./engine/state.ts";
import { findBlocker, sumItems } from "./engine/totals.ts";
import { sayNotice, sayStop, sayWait } from "./wording.ts";

const MILESTONES = [75, 50, 25] as const;

/** What a screen reader is told between two states: each event once. */
export function listAnnouncements(before: DepositState, after: DepositState): string[] {
  const said: string[] = [];
  for (const item of after.items) {
    const was = before.items.find((other) => other.key === item.key);
    const name = `« ${item.fileName} »`;
    if (item.phase === "sending" && was?.phase === "queued") said.push(`Envoi de ${name} commencé.`);
    if (item.phase === "waiting" && was?.phase !== "waiting" && item.wait?.attempt === 1) {
      said.push(`${name} : ${sayWait(item.wait, item.lastActivityAt)}`);
    }
    if (item.phase === "stopped" && was?.phase !== "stopped" && item.stop) {
      said.push(`${name} : ${sayStop(item.stop)}`);
    }
    if (item.phase === "held" && was === undefined) said.push(`${name} attend votre décision.`);
    if (item.phase === "rejected" && was && was.phase !== "rejected") said.push(`${name} est refusé.`);
    if (item.phase === "received" && was && was.phase !== "received") said.push(`${name} est reçu.`);
  }
  const main = after.items[0];
  const mainWas = before.items[0];
  if (main && mainWas && main.key !== mainWas.key && before.items.some((item) => item.key === main.key)) {
    said.push(`« ${main.fileName} » est maintenant la base principale.`);
  }
  for (const item of before.items) {
    const isReplaced = after.items.length === before.items.length;
    if (!isReplaced && !after.items.some((other) => other.key === item.key)) {
      said.push(`« ${item.fileName} » est retiré.`);
    }
  }
  for (const notice of after.notices) {
    if (!before.notices.some((other) => other.id === notice.id)) said.push(sayNotice(notice));
  }
  return [...said, ...listMilestones(before, after)].map(fr);
}

function percentOf(state: DepositState): number {
  const { sentBytes, sizeBytes } = sumItems(state.items);
  return sizeBytes === 0 ? 0 : (sentBytes / sizeBytes) * 100;
}

function listMilestones(before: DepositState, after: DepositState): string[] {
  if (after.screen.kind !== "form" || before.items.length !== after.items.length) return [];
  if (after.items.length > 0 && findBlocker(after) === null && findBlocker(before) !== null) {
    return ["Tous les fichiers sont reçus. Vous pouvez terminer le dépôt."];
  }
  const was = percentOf(before);
  const now = percentOf(after);
  const passed = MILESTONES.find((milestone) => was < milestone && now >= milestone);
  return passed === undefined || now >= 100 ? [] : [`${passed} % du dépôt est envoyé.`];
}

/** The text of the page's only live region. */
export function useAnnouncements(state: DepositState): string {
  const previous = useRef(state);
  const [text, setText] = useState("");
  useEffect(() => {
    const said = listAnnouncements(previous.current, state);
    previous.current = state;
    if (said.length > 0) setText(said.join(" "));
  }, [state]);
  return text;
}

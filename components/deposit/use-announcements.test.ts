import { expect, test } from "vitest";
import { mergeDeposit } from "./engine/merge-deposit.ts";
import { type DepositState, INITIAL_STATE } from "./engine/state.ts";
import { listAnnouncements } from "./use-announcements.ts";

function stateWith(
  sentBytes: number,
  phase: DepositState["items"][number]["phase"] = "sending",
): DepositState {
  const base = { id: "a", role: "main", name: null, sha256: null, problem: null, identity: null } as const;
  const file = { ...base, fileName: "data.zip", size: 100, received: 0, status: "receiving" } as const;
  const read = mergeDeposit(
    { ...INITIAL_STATE, screen: { kind: "form" } },
    { files: [{ ...file, lastActivityAt: "2026-11-23T10:05:00.000Z" }], complete: false, problems: [] },
  );
  return { ...read, items: read.items.map((item) => ({ ...item, sentBytes, phase })) };
}

const say = (before: DepositState, after: DepositState) =>
  listAnnouncements(before, after).map((text) => text.replaceAll("\u202f", " "));

test("25, 50 and 75 % are said once each, when they are passed", () => {
  expect(say(stateWith(10), stateWith(20))).toEqual([]);
  expect(say(stateWith(20), stateWith(26))).toEqual(["25 % du dépôt est envoyé."]);
  expect(say(stateWith(26), stateWith(30))).toEqual([]);
  expect(say(stateWith(30), stateWith(80))).toEqual(["75 % du dépôt est envoyé."]);
});

test("the start and the end of a file are said", () => {
  expect(say(stateWith(0, "queued"), stateWith(0, "sending"))).toEqual(["Envoi de « data.zip » commencé."]);
  expect(say(stateWith(100, "confirming"), stateWith(100, "received"))).toEqual([
    "« data.zip » est reçu.",
    "Tous les fichiers sont reçus. Vous pouvez terminer le dépôt.",
  ]);
});

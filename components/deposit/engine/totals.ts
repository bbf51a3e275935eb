import { ACTIVE_PHASES, type DepositItem, type DepositState, DONE_PHASES } from "./state.ts";

export type Totals = {
  sentBytes: number;
  sizeBytes: number;
  doneCount: number;
  count: number;
  activeCount: number;
};

/** What the whole deposit amounts to. A refused file counts for nothing: it has to be replaced. */
export function sumItems(items: readonly DepositItem[]): Totals {
  const counted = items.filter((item) => item.phase !== "rejected");
  return {
    sentBytes: counted.reduce((sum, item) => sum + item.sentBytes, 0),
    sizeBytes: counted.reduce((sum, item) => sum + item.sizeBytes, 0),
    doneCount: items.filter((item) => DONE_PHASES.includes(item.phase)).length,
    count: items.length,
    activeCount: items.filter((item) => ACTIVE_PHASES.includes(item.phase)).length,
  };
}

/** True while leaving the page would interrupt something. */
export function isBusy(state: DepositState): boolean {
  if (state.screen.kind !== "form") return false;
  return state.finishing.kind === "sending" || state.items.some((item) => ACTIVE_PHASES.includes(item.phase));
}

export type Blocker =
  | "nothing"
  | "access"
  | "sending"
  | "held"
  | "absent"
  | "paused"
  | "stopped"
  | "rejected";

const BLOCKER_OF_PHASE = {
  queued: "sending",
  sending: "sending",
  waiting: "sending",
  confirming: "sending",
  held: "held",
  absent: "absent",
  paused: "paused",
  stopped: "stopped",
  rejected: "rejected",
  received: null,
  mounted: null,
} as const satisfies Record<DepositItem["phase"], Blocker | null>;

/** What a person must settle first, the most telling one; null when the deposit can be finished. */
export function findBlocker(state: DepositState): Blocker | null {
  if (state.accessLost) return "access";
  if (state.items.length === 0) return "nothing";
  const blockers: readonly (Blocker | null)[] = state.items.map((item) => BLOCKER_OF_PHASE[item.phase]);
  const order: readonly Blocker[] = ["rejected", "stopped", "held", "absent", "paused", "sending"];
  return order.find((blocker) => blockers.includes(blocker)) ?? null;
}

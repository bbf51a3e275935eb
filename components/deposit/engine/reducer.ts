import type { Deposit } from "#contract/deposit.ts";
import { looksLikeMainBase } from "./guess-main.ts";
import { mergeDeposit } from "./merge-deposit.ts";
import type { DepositItem, DepositState, Finishing, Notice, Screen } from "./state.ts";

export type Action =
  | { type: "screen"; screen: Screen; rne?: string }
  | { type: "deposit_read"; deposit: Deposit }
  | { type: "item_added"; item: DepositItem; inPlaceOf: string | null }
  | { type: "item_changed"; key: string; changes: Partial<DepositItem> }
  | { type: "item_removed"; key: string }
  | { type: "item_moved"; key: string; toIndex: number }
  | { type: "notice_added"; notice: Notice }
  | { type: "notice_dismissed"; id: string }
  | { type: "finishing"; finishing: Finishing; failure?: string | null }
  | { type: "completed"; completedAt: string | null }
  | { type: "access_lost" }
  | { type: "access_restored" }
  | { type: "preparing"; folder: string | null }
  | { type: "speed"; bytesPerSecond: number | null };

/** The only writer of the page's state. Returns the same object when nothing changes. */
export function reduce(state: DepositState, action: Action): DepositState {
  switch (action.type) {
    case "screen":
      return { ...state, screen: action.screen, rne: action.rne ?? state.rne };
    case "deposit_read":
      return mergeDeposit(state, action.deposit);
    case "item_added":
      return addItem(state, action.item, action.inPlaceOf);
    case "item_changed":
      return {
        ...state,
        items: state.items.map((item) => (item.key === action.key ? { ...item, ...action.changes } : item)),
      };
    case "item_removed":
      return { ...state, items: state.items.filter((item) => item.key !== action.key) };
    case "item_moved":
      return moveItem(state, action.key, action.toIndex);
    case "notice_added":
      return {
        ...state,
        notices: [...state.notices.filter((n) => !isSame(n, action.notice)), action.notice],
      };
    case "notice_dismissed":
      return { ...state, notices: state.notices.filter((notice) => notice.id !== action.id) };
    case "finishing":
      return { ...state, finishing: action.finishing, finishFailure: action.failure ?? null };
    case "completed":
      return {
        ...state,
        screen: { kind: "receipt" },
        finishing: { kind: "no" },
        completedAt: action.completedAt ?? state.completedAt,
      };
    case "access_lost":
      return { ...state, accessLost: true };
    case "access_restored":
      return { ...state, accessLost: false, items: state.items.map(requeueAfterAccess) };
    case "preparing":
      return { ...state, preparing: action.folder };
    case "speed":
      return state.bytesPerSecond === action.bytesPerSecond
        ? state
        : { ...state, bytesPerSecond: action.bytesPerSecond };
  }
}

function isSame(one: Notice, other: Notice): boolean {
  return one.kind === other.kind && one.fileName === other.fileName && one.detail === other.detail;
}

function addItem(state: DepositState, item: DepositItem, inPlaceOf: string | null): DepositState {
  if (inPlaceOf !== null) {
    return { ...state, items: state.items.map((other) => (other.key === inPlaceOf ? item : other)) };
  }
  const isGuessed =
    !state.isMainSettled &&
    looksLikeMainBase(item.fileName) &&
    !state.items.some((other) => looksLikeMainBase(other.fileName));
  return { ...state, items: isGuessed ? [item, ...state.items] : [...state.items, item] };
}

function requeueAfterAccess(item: DepositItem): DepositItem {
  return item.stop?.code === "access_lost" ? { ...item, phase: "queued", stop: null } : item;
}

function moveItem(state: DepositState, key: string, toIndex: number): DepositState {
  const moved = state.items.find((item) => item.key === key);
  if (!moved) return state;
  const others = state.items.filter((item) => item.key !== key);
  const index = Math.min(Math.max(toIndex, 0), others.length);
  const items = [...others.slice(0, index), moved, ...others.slice(index)];
  return { ...state, items, isMainSettled: true };
}

import type { Deposit } from "#contract/deposit.ts";
import type { Access } from "./access.ts";
import type { AlarmClock } from "./alarm-clock.ts";
import type { DepositCalls } from "./deposit-calls.ts";
import { isHandedOver, listShadows } from "./merge-deposit.ts";
import { persist } from "./patience.ts";
import type { DepositItem, NoticeKind } from "./state.ts";
import type { Store } from "./store.ts";
import type { Link } from "./transfer.ts";

/** What the verbs of the deposit share once the page has its access. */
export type Engine = {
  store: Store;
  calls: DepositCalls;
  access: Access;
  clock: AlarmClock;
  link: Link;
  /** Stops the transfer of a file, by the file's key. */
  transfers: Map<string, AbortController>;
  /** Starts what waits its turn. */
  pump: () => void;
};

export function findItem(engine: Engine, key: string): DepositItem | null {
  return engine.store.getSnapshot().items.find((item) => item.key === key) ?? null;
}

export function changeItem(engine: Engine, key: string, changes: Partial<DepositItem>): void {
  engine.store.dispatch({ type: "item_changed", key, changes });
}

export function notify(store: Store, kind: NoticeKind, fileName: string, detail: string | null = null): void {
  const id = `${kind}-${performance.now()}-${fileName}`;
  store.dispatch({ type: "notice_added", notice: { id, kind, fileName, detail } });
}

/** Shows what the server says, and removes there the empty twins of files that the page does not send. */
export function showDeposit(engine: Engine, deposit: Deposit): void {
  engine.store.dispatch({ type: "deposit_read", deposit });
  const { items } = engine.store.getSnapshot();
  for (const { id } of listShadows(deposit)) {
    if (!items.some((item) => item.serverId === id)) void engine.calls.removeBase(id).catch(() => undefined);
  }
}

/** Reads the deposit again and shows what the server says. False when it could not be read. */
export async function refreshDeposit(
  engine: Engine,
  signal: AbortSignal = AbortSignal.timeout(120_000),
): Promise<boolean> {
  const { access, clock } = engine;
  const outcome = await persist(engine.calls.fetchDeposit, {
    access,
    clock,
    signal,
    onWait: () => undefined,
  });
  if (outcome.kind === "stopped" && outcome.stop.code === "access_lost") {
    engine.store.dispatch({ type: "access_lost" });
  }
  if (outcome.kind !== "done") return false;
  showDeposit(engine, outcome.value);
  if (isHandedOver(outcome.value)) engine.store.dispatch({ type: "completed", completedAt: null });
  return true;
}

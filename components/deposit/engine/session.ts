import { createAlarmClock } from "./alarm-clock.ts";
import { type Engine, refreshDeposit } from "./engine.ts";
import { finishDeposit } from "./finish.ts";
import { type Invitation, takeInvitation } from "./fragment.ts";
import { takeFiles } from "./intake.ts";
import { openDeposit } from "./open-deposit.ts";
import { syncOrder } from "./order.ts";
import { createParentFrame, type ParentFrame } from "./parent-frame.ts";
import { pauseItem, resumeItem } from "./queue.ts";
import { removeItem } from "./remove-item.ts";
import { reportToParent } from "./report-to-parent.ts";
import { createSpeedMeter } from "./speed.ts";
import type { DepositItem } from "./state.ts";
import { createStore, type Store } from "./store.ts";
import { isBusy, sumItems } from "./totals.ts";

/** What the components may ask. The state is read from `store`. */
export type DepositSession = {
  store: Store;
  parent: ParentFrame;
  addFiles(files: readonly File[], replacedKey?: string): void;
  pause(key: string): void;
  resume(key: string): void;
  pauseAll(): void;
  resumeAll(): void;
  remove(key: string): void;
  move(key: string, toIndex: number): void;
  askToFinish(isAsking: boolean): void;
  finish(): void;
  dismissNotice(id: string): void;
  refresh(): void;
};

let session: DepositSession | null = null;

/** The page's only session, made at the first call in the browser: it takes the invitation out of the address. */
export function openSession(): DepositSession {
  session ??= createSession();
  return session;
}

function createSession(): DepositSession {
  const store = createStore();
  const clock = createAlarmClock();
  const invitation = takeInvitation();
  const parent = createParentFrame(invitation?.parentOrigin ?? null);
  let engine: Engine | null = null;

  reportToParent(store, parent);
  measureSpeed(store);
  window.addEventListener("online", clock.wakeAll);
  window.addEventListener("beforeunload", (event) => {
    if (isBusy(store.getSnapshot())) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && engine) void refreshDeposit(engine);
  });

  const follow = async (given: Invitation) => {
    if (engine && given.rne === store.getSnapshot().rne) await renewEngine(engine, given.credential);
    else engine = await openDeposit(store, clock, given);
  };
  if (invitation) void follow(invitation);
  else store.dispatch({ type: "screen", screen: { kind: "refused", code: "no_invitation", detail: null } });
  // The embedding page may give a new access without reloading this one, by a new fragment.
  window.addEventListener("hashchange", () => {
    const given = takeInvitation();
    if (given) void follow(given);
  });

  const withEngine = (run: (engine: Engine) => unknown) => {
    if (engine) void run(engine);
  };
  const forEachIn = (phases: readonly DepositItem["phase"][], run: (engine: Engine, key: string) => void) =>
    withEngine((opened) => {
      for (const { key, phase } of store.getSnapshot().items) if (phases.includes(phase)) run(opened, key);
    });

  return {
    store,
    parent,
    addFiles: (files, replacedKey) => withEngine((opened) => takeFiles(opened, files, replacedKey ?? null)),
    pause: (key) => withEngine((opened) => pauseItem(opened, key)),
    resume: (key) => withEngine((opened) => resumeItem(opened, key)),
    pauseAll: () => forEachIn(["queued", "sending", "waiting"], pauseItem),
    resumeAll: () => forEachIn(["paused"], resumeItem),
    remove: (key) => withEngine((opened) => removeItem(opened, key)),
    move: (key, toIndex) =>
      withEngine((opened) => {
        store.dispatch({ type: "item_moved", key, toIndex });
        return syncOrder(opened);
      }),
    askToFinish: (isAsking) =>
      store.dispatch({ type: "finishing", finishing: { kind: isAsking ? "asking" : "no" } }),
    finish: () => withEngine(finishDeposit),
    dismissNotice: (id) => store.dispatch({ type: "notice_dismissed", id }),
    refresh: () => withEngine((opened) => refreshDeposit(opened)),
  };
}

async function renewEngine(engine: Engine, credential: string): Promise<void> {
  try {
    await engine.access.adopt(credential);
  } catch {
    return;
  }
  engine.store.dispatch({ type: "access_restored" });
  engine.pump();
}

function measureSpeed(store: Store): void {
  const meter = createSpeedMeter();
  let isMeasuring = false;
  store.subscribe(() => {
    const { items, bytesPerSecond } = store.getSnapshot();
    const isSending = items.some((item) => item.phase === "sending");
    if (isSending) meter.record(sumItems(items).sentBytes, performance.now());
    else if (isMeasuring) meter.reset();
    isMeasuring = isSending;
    const measured = isSending ? meter.bytesPerSecond() : null;
    if (measured !== bytesPerSecond) store.dispatch({ type: "speed", bytesPerSecond: measured });
  });
}

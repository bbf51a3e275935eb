import type { ParentFrame } from "./parent-frame.ts";
import type { DepositState } from "./state.ts";
import type { Store } from "./store.ts";
import { isBusy, sumItems } from "./totals.ts";

const PROGRESS_EVERY_MS = 1_000;

/** Tells the embedding page what happens: ready, busy, progress (once a second), errors, completion. */
export function reportToParent(store: Store, parent: ParentFrame): () => void {
  let previous = store.getSnapshot();
  let lastProgressAtMs = 0;
  return store.subscribe(() => {
    const state = store.getSnapshot();
    if (isOpen(state) && !isOpen(previous)) parent.post({ type: "ready", rne: state.rne });
    const isTurning = isBusy(state) !== isBusy(previous);
    const nowMs = performance.now();
    // A turn tells the progress at once: the last word must not wait for a change that never comes.
    if (state.items !== previous.items && (isTurning || nowMs - lastProgressAtMs >= PROGRESS_EVERY_MS)) {
      lastProgressAtMs = nowMs;
      const { sentBytes, sizeBytes } = sumItems(state.items);
      parent.post({ type: "progress", received: sentBytes, size: sizeBytes });
    }
    if (isTurning) parent.post({ type: "busy", busy: isBusy(state) });
    for (const error of listNewErrors(state, previous)) parent.post({ type: "error", ...error });
    if (state.screen.kind === "receipt" && previous.screen.kind === "form") {
      parent.post({ type: "completed", rne: state.rne });
    }
    previous = state;
  });
}

function isOpen(state: DepositState): boolean {
  return state.screen.kind === "form" || state.screen.kind === "receipt";
}

function listNewErrors(state: DepositState, previous: DepositState): { code: string; detail: string }[] {
  const errors: { code: string; detail: string }[] = [];
  if (state.screen.kind === "refused" && previous.screen.kind !== "refused") {
    errors.push({ code: state.screen.code, detail: state.screen.detail ?? "" });
  }
  if (state.accessLost && !previous.accessLost) errors.push({ code: "access_lost", detail: "" });
  for (const item of state.items) {
    const before = previous.items.find((other) => other.key === item.key);
    if (item.phase === "stopped" && before?.phase !== "stopped" && item.stop) {
      errors.push({ code: item.stop.code, detail: item.stop.detail ?? item.fileName });
    }
    if (item.phase === "rejected" && before?.phase !== "rejected" && item.problem) {
      errors.push({ code: item.problem.code, detail: item.problem.detail });
    }
  }
  return errors;
}

import { type Engine, refreshDeposit } from "./engine.ts";
import { syncOrder } from "./order.ts";
import { persist } from "./patience.ts";
import type { Wait } from "./state.ts";

/** Completes the deposit: the order first, then the server's answer, whatever cuts come between. */
export async function finishDeposit(engine: Engine): Promise<void> {
  const { store, access, clock } = engine;
  const onWait = (wait: Wait | null) =>
    store.dispatch({ type: "finishing", finishing: { kind: "sending", wait } });
  onWait(null);
  await syncOrder(engine);
  const signal = new AbortController().signal;
  const outcome = await persist(engine.calls.completeDeposit, { access, clock, signal, onWait });
  if (outcome.kind === "aborted") return;
  if (outcome.kind === "stopped") {
    if (outcome.stop.code === "access_lost") store.dispatch({ type: "access_lost" });
    const failure = outcome.stop.detail ?? "";
    store.dispatch({ type: "finishing", finishing: { kind: "no" }, failure });
    await refreshDeposit(engine);
    return;
  }
  store.dispatch({ type: "completed", completedAt: outcome.value ?? new Date().toISOString() });
  await refreshDeposit(engine);
}

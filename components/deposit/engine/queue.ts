import { changeItem, type Engine, findItem } from "./engine.ts";
import { PARALLEL_TRANSFERS } from "./limits.ts";
import { sendItem } from "./send-item.ts";

/** Starts the next files in the list's order, as many at a time as allowed. */
export function startNext(engine: Engine): void {
  const { items, accessLost } = engine.store.getSnapshot();
  if (accessLost) return;
  for (const item of items) {
    if (engine.transfers.size >= PARALLEL_TRANSFERS) return;
    if (item.phase !== "queued" || engine.transfers.has(item.key)) continue;
    const controller = new AbortController();
    engine.transfers.set(item.key, controller);
    void sendItem(engine, item.key, controller.signal).finally(() => {
      if (engine.transfers.get(item.key) === controller) engine.transfers.delete(item.key);
      engine.pump();
    });
  }
}

/** Stops sending a file, and lets the next one go. */
export function stopTransfer(engine: Engine, key: string): void {
  engine.transfers.get(key)?.abort();
  engine.transfers.delete(key);
}

export function pauseItem(engine: Engine, key: string): void {
  stopTransfer(engine, key);
  changeItem(engine, key, { phase: "paused", wait: null });
  engine.pump();
}

/** Puts a paused, held, or stopped file back in the queue; a waiting one tries at once. */
export function resumeItem(engine: Engine, key: string): void {
  const item = findItem(engine, key);
  if (!item) return;
  if (item.phase === "waiting") {
    engine.clock.wakeAll();
    return;
  }
  const isGone = item.stop?.code === "gone";
  changeItem(engine, key, {
    phase: "queued",
    stop: null,
    ...(isGone ? { serverId: null, sentBytes: 0 } : {}),
  });
  engine.pump();
}

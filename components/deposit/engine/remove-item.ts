import { type Engine, findItem, notify, refreshDeposit } from "./engine.ts";
import { persist } from "./patience.ts";
import { stopTransfer } from "./queue.ts";

/** Takes a file out of the list and off the server. */
export async function removeItem(engine: Engine, key: string): Promise<void> {
  const item = findItem(engine, key);
  if (!item) return;
  stopTransfer(engine, key);
  engine.store.dispatch({ type: "item_removed", key });
  engine.pump();
  const { serverId, replacesServerId } = item;
  if (serverId === null) {
    // The file that it was to replace comes back into the list.
    if (replacesServerId !== null) await refreshDeposit(engine);
    return;
  }
  const { access, clock } = engine;
  const signal = AbortSignal.timeout(300_000);
  const outcome = await persist(() => engine.calls.removeBase(serverId), {
    access,
    clock,
    signal,
    onWait: () => undefined,
  });
  if (outcome.kind === "done") return;
  notify(
    engine.store,
    "action_failed",
    item.fileName,
    outcome.kind === "stopped" ? outcome.stop.detail : null,
  );
  await refreshDeposit(engine);
}

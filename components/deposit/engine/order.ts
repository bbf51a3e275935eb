import { type Engine, refreshDeposit } from "./engine.ts";
import { persist } from "./patience.ts";

type Sync = { sentOrder: string; running: Promise<void> | null };
const syncs = new WeakMap<Engine, Sync>();

function listServerIds(engine: Engine): string[] {
  return engine.store.getSnapshot().items.flatMap((item) => (item.serverId === null ? [] : [item.serverId]));
}

/** Tells the server the order of the list; calls that overlap become one more request with the last order. */
export async function syncOrder(engine: Engine): Promise<void> {
  const sync = syncs.get(engine) ?? { sentOrder: "", running: null };
  syncs.set(engine, sync);
  sync.running ??= sendOrders(engine, sync).finally(() => {
    sync.running = null;
  });
  await sync.running;
}

async function sendOrders(engine: Engine, sync: Sync): Promise<void> {
  const { access, clock } = engine;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const ids = listServerIds(engine);
    const order = ids.join();
    if (ids.length === 0 || order === sync.sentOrder) return;
    const signal = AbortSignal.timeout(600_000);
    const outcome = await persist(() => engine.calls.orderBases(ids), {
      access,
      clock,
      signal,
      onWait: () => undefined,
    });
    if (outcome.kind === "done") sync.sentOrder = order;
    // The list is not the server's any more, a colleague's file for instance: read it, then say the order again.
    else if (outcome.kind === "aborted" || !(await refreshDeposit(engine))) return;
  }
}

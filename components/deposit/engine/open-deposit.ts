import { type Access, openAccess } from "./access.ts";
import type { AlarmClock } from "./alarm-clock.ts";
import { createDepositCalls } from "./deposit-calls.ts";
import { type Engine, showDeposit } from "./engine.ts";
import type { Stop } from "./failure.ts";
import type { Invitation } from "./fragment.ts";
import { isHandedOver } from "./merge-deposit.ts";
import { type PatienceOptions, persist } from "./patience.ts";
import { startNext } from "./queue.ts";
import type { RefusalCode, Wait } from "./state.ts";
import type { Store } from "./store.ts";
import { createLink } from "./transfer.ts";

/** From the invitation to the list of files: the access, then what the server already has. Null when refused. */
export async function openDeposit(
  store: Store,
  clock: AlarmClock,
  invitation: Invitation,
): Promise<Engine | null> {
  const { rne, credential } = invitation;
  const onWait = (wait: Wait | null) =>
    store.dispatch({ type: "screen", screen: { kind: "opening", wait }, rne });
  const patience: PatienceOptions = { clock, access: null, signal: new AbortController().signal, onWait };
  onWait(null);

  const access = await persist(() => openAccess(rne, credential), patience);
  if (access.kind !== "done") return refuse(store, access.kind === "stopped" ? access.stop : null);
  const engine = createEngine(store, clock, rne, access.value);
  const deposit = await persist(engine.calls.fetchDeposit, { ...patience, access: access.value });
  if (deposit.kind !== "done") return refuse(store, deposit.kind === "stopped" ? deposit.stop : null);
  showDeposit(engine, deposit.value);
  store.dispatch({ type: "screen", screen: { kind: isHandedOver(deposit.value) ? "receipt" : "form" } });
  return engine;
}

function createEngine(store: Store, clock: AlarmClock, rne: string, access: Access): Engine {
  const engine: Engine = {
    store,
    clock,
    access,
    calls: createDepositCalls(rne, access),
    link: createLink(),
    transfers: new Map(),
    pump: () => startNext(engine),
  };
  return engine;
}

function refuse(store: Store, stop: Stop | null): null {
  const isAccessRefused = stop?.code === "access_lost" || stop?.code === "gone";
  const code: RefusalCode = isAccessRefused ? "access_refused" : "refused";
  store.dispatch({ type: "screen", screen: { kind: "refused", code, detail: stop?.detail ?? null } });
  return null;
}

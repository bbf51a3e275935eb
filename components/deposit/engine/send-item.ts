import { changeItem, type Engine, findItem, refreshDeposit } from "./engine.ts";
import type { Stop } from "./failure.ts";
import { syncOrder } from "./order.ts";
import { type Outcome, type PatienceOptions, persist } from "./patience.ts";
import { type DepositItem, DONE_PHASES, type Wait } from "./state.ts";
import { transferFile } from "./transfer.ts";

const CONFIRMATION_DELAYS_MS = [0, 500, 1_000, 2_000, 5_000] as const;
const UNCONFIRMED: Stop = { code: "refused", detail: null };

/** Creates the file on the server where needed, sends it, and ends with the server's word that it was received. */
export async function sendItem(engine: Engine, key: string, signal: AbortSignal): Promise<void> {
  const onWait = (wait: Wait | null) =>
    changeItem(engine, key, { wait, phase: wait ? "waiting" : "sending" });
  const options: PatienceOptions = { clock: engine.clock, access: engine.access, signal, onWait };
  changeItem(engine, key, { phase: "sending", stop: null, wait: null });

  for (const step of [createOnServer, transfer, confirm]) {
    const outcome = await step(engine, key, options);
    if (outcome.kind === "aborted") return;
    if (outcome.kind === "stopped") {
      if (outcome.stop.code === "access_lost") engine.store.dispatch({ type: "access_lost" });
      changeItem(engine, key, { phase: "stopped", stop: outcome.stop, wait: null });
      return;
    }
  }
}

async function createOnServer(engine: Engine, key: string, options: PatienceOptions): Promise<Outcome<null>> {
  const item = findItem(engine, key);
  if (!item) return { kind: "aborted" };
  const { replacesServerId } = item;
  if (replacesServerId !== null) {
    const removal = await persist(() => engine.calls.removeBase(replacesServerId), options);
    if (removal.kind !== "done") return removal;
    changeItem(engine, key, { replacesServerId: null });
  }
  let isFirstTry = true;
  const create = async (): Promise<string> => {
    // The answer to an earlier try may have been lost after the server created the file: it is found by its identity.
    if (!isFirstTry) await refreshDeposit(engine, options.signal);
    isFirstTry = false;
    const { items } = engine.store.getSnapshot();
    const known = items.find((other) => other.key === key)?.serverId ?? null;
    return known ?? engine.calls.createBase({ ...item, role: items[0]?.key === key ? "main" : "secondary" });
  };
  const creation = await persist(create, options);
  if (creation.kind !== "done") return creation;
  if (findItem(engine, key) === null) {
    // Removed from the list while the server was creating it.
    await persist(() => engine.calls.removeBase(creation.value), {
      ...options,
      signal: AbortSignal.timeout(60_000),
    });
    return { kind: "aborted" };
  }
  changeItem(engine, key, { serverId: creation.value });
  await syncOrder(engine);
  return { kind: "done", value: null };
}

async function transfer(engine: Engine, key: string, options: PatienceOptions): Promise<Outcome<null>> {
  const item = findItem(engine, key);
  if (!item?.file || item.serverId === null) return { kind: "aborted" };
  return transferFile({
    ...options,
    access: engine.access,
    link: engine.link,
    file: item.file,
    identity: item.identity,
    uploadUrl: engine.calls.uploadUrl(item.serverId),
    onSent: (sentBytes) => changeItem(engine, key, { sentBytes }),
  });
}

/** "Reçu" is the server's word: tus-js-client calls success as soon as the offset equals the length. */
async function confirm(engine: Engine, key: string, options: PatienceOptions): Promise<Outcome<null>> {
  changeItem(engine, key, { phase: "confirming" });
  for (const delayMs of CONFIRMATION_DELAYS_MS) {
    await engine.clock.wait(delayMs, options.signal);
    if (options.signal.aborted) return { kind: "aborted" };
    if (!(await refreshDeposit(engine, options.signal))) continue;
    const item = findItem(engine, key);
    if (!item || isSettled(item)) return { kind: "done", value: null };
  }
  return { kind: "stopped", stop: UNCONFIRMED };
}

function isSettled(item: DepositItem): boolean {
  return DONE_PHASES.includes(item.phase) || item.phase === "rejected";
}

import type { Deposit, DepositFile } from "#contract/deposit.ts";
import { ACTIVE_PHASES, type DepositItem, type DepositState, type ItemPhase } from "./state.ts";

const PHASE_OF_STATUS = {
  receiving: "absent",
  received: "received",
  mounted: "mounted",
  rejected: "rejected",
} as const satisfies Record<DepositFile["status"], ItemPhase>;

/** True once the host has the deposit in its hands; a refused file gives it back to the school. */
export function isHandedOver(deposit: Deposit): boolean {
  return deposit.complete && !deposit.files.some((file) => file.status === "rejected");
}

/**
 * Empty files that stand for a content that the deposit has already: a browser may send a creation twice when the
 * connection breaks. They are not shown, and are to be removed.
 */
export function listShadows(deposit: Deposit): DepositFile[] {
  return deposit.files.filter(
    (file) =>
      file.status === "receiving" &&
      file.received === 0 &&
      file.identity !== null &&
      deposit.files.some(
        (other) => other.id !== file.id && isSameContent(other, file) && isBefore(other, file, deposit),
      ),
  );
}

function isSameContent(one: DepositFile, other: DepositFile): boolean {
  return one.identity === other.identity && one.size === other.size && one.status !== "rejected";
}

/** The twin that counts: the one that has bytes, else the first of the list. */
function isBefore(one: DepositFile, other: DepositFile, deposit: Deposit): boolean {
  return one.received > 0 || deposit.files.indexOf(one) < deposit.files.indexOf(other);
}

/** Brings what the server says into the page's list: its word decides what is received, mounted or rejected. */
export function mergeDeposit(state: DepositState, deposit: Deposit): DepositState {
  const isFirstReading = state.items.length === 0;
  const replacedIds = new Set(state.items.map((item) => item.replacesServerId));
  const kept = state.items.flatMap((item) => {
    const file =
      deposit.files.find((candidate) => candidate.id === item.serverId) ??
      findUnclaimed(state, deposit, item);
    if (file) return [mergeItem(item, file)];
    // A file that the page does not hold and that the server no longer has was removed elsewhere.
    return item.serverId === null || item.file !== null ? [item] : [];
  });
  const knownIds = new Set(kept.map((item) => item.serverId));
  const shadows = listShadows(deposit);
  const added = deposit.files
    .filter((file) => !knownIds.has(file.id) && !replacedIds.has(file.id) && !shadows.includes(file))
    .map(createItemFromServer);
  const isGivenBack = state.screen.kind === "receipt" && !isHandedOver(deposit);
  return {
    ...state,
    screen: isGivenBack ? { kind: "form" } : state.screen,
    items: [...kept, ...added],
    problems: deposit.problems,
    isMainSettled: state.isMainSettled || (isFirstReading && deposit.files.length > 0),
  };
}

/**
 * The server's file that a chosen one stands for, though the page does not know its id: the answer to its creation was
 * lost or is on its way, or a colleague began to send it.
 */
function findUnclaimed(state: DepositState, deposit: Deposit, item: DepositItem): DepositFile | undefined {
  if (item.serverId !== null || item.identity === null) return undefined;
  return deposit.files.find(
    (file) =>
      file.identity === item.identity &&
      file.size === item.sizeBytes &&
      file.status === "receiving" &&
      !state.items.some((other) => other.serverId === file.id || other.replacesServerId === file.id),
  );
}

function mergeItem(item: DepositItem, file: DepositFile): DepositItem {
  const told = {
    sha256: file.sha256,
    problem: file.problem,
    lastActivityAt: file.lastActivityAt,
    identity: item.identity ?? file.identity,
    serverId: file.id,
  };
  if (file.status !== "receiving") {
    const phase = PHASE_OF_STATUS[file.status];
    return { ...item, ...told, phase, sentBytes: file.size, wait: null, stop: null };
  }
  if (item.file === null) return { ...item, ...told, phase: "absent", sentBytes: file.received };
  const isSending = ACTIVE_PHASES.includes(item.phase);
  return { ...item, ...told, sentBytes: isSending ? item.sentBytes : file.received };
}

function createItemFromServer(file: DepositFile): DepositItem {
  return {
    key: file.id,
    serverId: file.id,
    fileName: file.fileName,
    sizeBytes: file.size,
    file: null,
    identity: file.identity,
    phase: PHASE_OF_STATUS[file.status],
    sentBytes: file.received,
    wait: null,
    stop: null,
    findings: [],
    problem: file.problem,
    sha256: file.sha256,
    lastActivityAt: file.lastActivityAt,
    replacesServerId: null,
  };
}

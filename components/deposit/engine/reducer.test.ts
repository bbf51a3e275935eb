import { expect, test } from "vitest";
import type { Deposit, DepositFile } from "#contract/deposit.ts";
import { reduce } from "./reducer.ts";
import { type DepositItem, type DepositState, INITIAL_STATE } from "./state.ts";
import { findBlocker } from "./totals.ts";

function item(fileName: string, changes: Partial<DepositItem> = {}): DepositItem {
  return {
    key: fileName,
    serverId: null,
    fileName,
    sizeBytes: 100,
    file: new File(["x"], fileName),
    identity: null,
    phase: "queued",
    sentBytes: 0,
    wait: null,
    stop: null,
    findings: [],
    problem: null,
    sha256: null,
    lastActivityAt: null,
    replacesServerId: null,
    ...changes,
  };
}

function serverFile(id: string, changes: Partial<DepositFile> = {}): DepositFile {
  return {
    id,
    role: "secondary",
    name: null,
    fileName: `${id}.zip`,
    size: 100,
    received: 0,
    sha256: null,
    status: "receiving",
    problem: null,
    identity: null,
    lastActivityAt: "2026-11-23T10:05:00.000Z",
    ...changes,
  };
}

const add = (state: DepositState, added: DepositItem, inPlaceOf: string | null = null) =>
  reduce(state, { type: "item_added", item: added, inPlaceOf });
const read = (state: DepositState, files: DepositFile[], more: Partial<Deposit> = {}) =>
  reduce(state, { type: "deposit_read", deposit: { files, complete: false, problems: [], ...more } });
const names = (state: DepositState) => state.items.map(({ fileName }) => fileName);

test("the first file is the main base, unless a later one is named like it", () => {
  const two = add(add(INITIAL_STATE, item("travperso.zip")), item("manuels.zip"));
  expect(names(two)).toEqual(["travperso.zip", "manuels.zip"]);
  expect(names(add(two, item("data.zip")))).toEqual(["data.zip", "travperso.zip", "manuels.zip"]);
  expect(names(add(two, item("Sauvegarde base Principale.zip")))[0]).toBe("Sauvegarde base Principale.zip");
});

test("a main base that somebody chose is not guessed away", () => {
  const two = add(add(INITIAL_STATE, item("travperso.zip")), item("manuels.zip"));
  const chosen = reduce(two, { type: "item_moved", key: "manuels.zip", toIndex: 0 });
  expect(names(add(chosen, item("data.zip")))).toEqual(["manuels.zip", "travperso.zip", "data.zip"]);
});

test("what the server holds in part is listed, to be chosen again", () => {
  const state = read(INITIAL_STATE, [serverFile("data", { received: 63 })]);
  expect(state.items[0]).toMatchObject({ phase: "absent", sentBytes: 63, file: null });
  expect(findBlocker(state)).toBe("absent");
});

test("received is the server's word alone", () => {
  const sending = add(
    INITIAL_STATE,
    item("data.zip", { serverId: "data", phase: "confirming", sentBytes: 100 }),
  );
  const notYet = read(sending, [serverFile("data", { received: 100 })]);
  expect(notYet.items[0]?.phase).toBe("confirming");
  const received = read(sending, [serverFile("data", { received: 100, status: "received" })]);
  expect(received.items[0]?.phase).toBe("received");
  expect(findBlocker(received)).toBeNull();
});

test("a reading of the deposit keeps the page's order and drops what was removed elsewhere", () => {
  const state = read(INITIAL_STATE, [serverFile("a"), serverFile("b"), serverFile("c")]);
  const moved = reduce(state, { type: "item_moved", key: "c", toIndex: 0 });
  expect(names(read(moved, [serverFile("a"), serverFile("c"), serverFile("d")]))).toEqual([
    "c.zip",
    "a.zip",
    "d.zip",
  ]);
});

test("a refused file and the one that replaces it never show together", () => {
  const rejected = [serverFile("a"), serverFile("b", { status: "rejected" })];
  const state = add(read(INITIAL_STATE, rejected), item("new.zip", { replacesServerId: "b" }), "b");
  expect(names(state)).toEqual(["a.zip", "new.zip"]);
  expect(names(read(state, rejected))).toEqual(["a.zip", "new.zip"]);
});

test("a new access puts back in the queue what had lost it", () => {
  const stop = { code: "access_lost", detail: null } as const;
  const lost = { ...add(INITIAL_STATE, item("data.zip", { phase: "stopped", stop })), accessLost: true };
  const restored = reduce(lost, { type: "access_restored" });
  expect(restored).toMatchObject({ accessLost: false, items: [{ phase: "queued", stop: null }] });
});

test("a deposit that the checks refused after its completion is open again", () => {
  const done = reduce(INITIAL_STATE, { type: "completed", completedAt: null });
  expect(read(done, [serverFile("a", { status: "received" })], { complete: true }).screen.kind).toBe(
    "receipt",
  );
  expect(read(done, [serverFile("a", { status: "rejected" })], { complete: true }).screen.kind).toBe("form");
});

test("a file whose creation was answered to nobody is recognised, and not listed twice", () => {
  const identity = "a".repeat(64);
  const creating = add(INITIAL_STATE, item("data.zip", { identity, phase: "sending" }));
  const state = read(creating, [serverFile("s1", { fileName: "data.zip", identity })]);
  expect(state.items).toHaveLength(1);
  expect(state.items[0]).toMatchObject({ key: "data.zip", serverId: "s1", phase: "sending" });
});

test("the empty twin of a file, made by a creation sent twice, is not listed", () => {
  const identity = "a".repeat(64);
  const sending = add(INITIAL_STATE, item("data.zip", { identity, serverId: "s2", phase: "sending" }));
  const state = read(sending, [serverFile("s2", { identity, received: 10 }), serverFile("s1", { identity })]);
  expect(names(state)).toEqual(["data.zip"]);
});

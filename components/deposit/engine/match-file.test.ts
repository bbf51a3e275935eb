import { expect, test } from "vitest";
import { matchChosenFile } from "./match-file.ts";
import type { DepositItem } from "./state.ts";

const IDENTITY = "a".repeat(64);
const OTHER_IDENTITY = "b".repeat(64);

function item(changes: Partial<DepositItem>): DepositItem {
  return {
    key: "k",
    serverId: "s",
    fileName: "data.zip",
    sizeBytes: 100,
    file: null,
    identity: IDENTITY,
    phase: "absent",
    sentBytes: 63,
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

const data = { fileName: "data.zip", sizeBytes: 100, identity: IDENTITY };

test("a half-sent file is found again by its content, under any name", () => {
  expect(matchChosenFile([item({})], { ...data, fileName: "copie de data.zip" }, null)).toEqual({
    kind: "resume",
    key: "k",
  });
});

test("without identities, name and size decide", () => {
  const anonymous = [item({ identity: null })];
  expect(matchChosenFile(anonymous, data, null).kind).toBe("resume");
  expect(matchChosenFile(anonymous, { ...data, fileName: "autre.zip" }, null).kind).toBe("new");
});

test("another file of the same name and size is not appended to a half-sent one", () => {
  expect(matchChosenFile([item({})], { ...data, identity: OTHER_IDENTITY }, null).kind).toBe("mismatch");
});

test("a file already there is not sent twice", () => {
  for (const phase of ["queued", "sending", "received", "mounted"] as const) {
    expect(matchChosenFile([item({ phase })], data, null).kind).toBe("duplicate");
  }
});

test("a refused file is replaced by another one, never by itself", () => {
  const rejected = [item({ phase: "rejected" })];
  expect(matchChosenFile(rejected, data, "k").kind).toBe("same_as_rejected");
  const other = { ...data, identity: OTHER_IDENTITY, fileName: "data2.zip" };
  expect(matchChosenFile(rejected, other, "k")).toEqual({ kind: "replace", key: "k" });
  expect(matchChosenFile(rejected, { ...other, fileName: "data.zip" }, null)).toEqual({
    kind: "replace",
    key: "k",
  });
});

test("empty files and a seventeenth file are refused", () => {
  expect(matchChosenFile([], { ...data, sizeBytes: 0 }, null).kind).toBe("empty");
  const full = Array.from({ length: 16 }, (_, index) =>
    item({ key: `k${index}`, fileName: `${index}.zip`, sizeBytes: 1_000 + index }),
  );
  expect(matchChosenFile(full, data, null).kind).toBe("too_many");
});

import { expect, test } from "vitest";
import { mergeDeposit } from "./engine/merge-deposit.ts";
import { INITIAL_STATE } from "./engine/state.ts";
import { writeReceipt } from "./receipt-file.ts";

test("the receipt names each file with its size, its role and its SHA-256", () => {
  const file = {
    id: "1",
    role: "main" as const,
    name: null,
    fileName: "data.zip",
    size: 1_234_567,
    received: 1_234_567,
    sha256: "ab".repeat(32),
    status: "received" as const,
    problem: null,
    identity: null,
    lastActivityAt: "2026-11-23T10:00:00.000Z",
  };
  const state = mergeDeposit(
    { ...INITIAL_STATE, rne: "0350024L" },
    { files: [file], complete: true, problems: [] },
  );
  const text = writeReceipt(state, "2026-11-23T10:05:00.000Z").replace(/[\u202f\u00a0]/g, " ");
  expect(text).toContain("Référence : 0350024L");
  expect(text).toContain("1. data.zip (base principale)");
  expect(text).toContain("1,2 Mo (1234567 octets)");
  expect(text).toContain(`SHA-256 : ${"ab".repeat(32)}`);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { toBaseName } from "./base-name.ts";
import { isReservedWindowsName } from "./windows-names.ts";

test.each([
  ["data", "data"],
  ["  Ma base (2026) ", "Ma_base_2026"],
  ["e\u0301te\u0301", "été"],
  ["../../etc", "etc"],
  ["Chefs-d’œuvre", "Chefs-doeuvre"],
  ["Ŝtokejo 日本", "tokejo_"],
  ["", "base"],
  ["...", "base"],
  ["-data", "data"],
  ["--", "base"],
  [".-rf-", "rf-"],
  ["con", "base_con"],
  ["a".repeat(100), "a".repeat(64)],
])("%j is named %s", (name, expected) => {
  expect(toBaseName(name)).toBe(expected);
});

test("any name becomes a folder's name that every system accepts, and keeps it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
      const baseName = toBaseName(name);
      expect(baseName).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,68}$/u);
      expect(baseName).toBe(baseName.normalize("NFC"));
      expect(Buffer.from(baseName, "latin1").toString("latin1")).toBe(baseName);
      expect(isReservedWindowsName(baseName)).toBe(false);
      expect(Buffer.byteLength(baseName)).toBeLessThanOrEqual(255);
    }),
  );
});

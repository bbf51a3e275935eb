import { expect, test } from "vitest";
import { formatBytes, formatCountdown, formatInstant, formatPercent, formatTimeLeft } from "./format.ts";

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ");

test.each([
  [0, "0 o"],
  [999, "999 o"],
  [1_000, "1 Ko"],
  [12_400_000, "12,4 Mo"],
  [999_600_000, "1 Go"],
  [4_294_967_296, "4,3 Go"],
])("%i bytes read as a size in French", (bytes, expected) => {
  expect(plain(formatBytes(bytes))).toBe(expected);
});

test("100 % is said only when everything is there", () => {
  expect(plain(formatPercent(0.9999))).toBe("99 %");
  expect(plain(formatPercent(1))).toBe("100 %");
});

test.each([
  [4, "quelques secondes"],
  [31, "environ 40 secondes"],
  [60, "environ 1 minute"],
  [755, "environ 13 minutes"],
  [5_400, "environ 1 h 30"],
  [7_200, "environ 2 h"],
])("%i seconds left are said coarsely", (seconds, expected) => {
  expect(plain(formatTimeLeft(seconds))).toBe(expected);
});

test("a countdown never goes below zero", () => {
  expect(plain(formatCountdown(-3))).toBe("0 s");
  expect(plain(formatCountdown(65))).toBe("1 min 05 s");
});

test("the first of a month is an ordinal, its hour is not", () => {
  expect(formatInstant("2026-12-01T13:01:00")).toMatch(/^1er décembre 2026 à 13:01$/);
  expect(formatInstant("2026-12-21T01:01:00")).toMatch(/^21 décembre 2026 à 01:01$/);
});

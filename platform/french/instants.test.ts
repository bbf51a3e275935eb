import { expect, test } from "vitest";
import { formatDay, formatInstant, formatRelativeDay, formatRelativeInstant } from "./instants.ts";

const NOW = new Date("2026-11-23T10:00:00.000Z");
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test.each([
  ["2026-12-01T11:00:00Z", "1er décembre 2026"],
  ["2026-11-30T23:30:00Z", "1er décembre 2026"],
  ["2026-12-11T11:00:00Z", "11 décembre 2026"],
  ["2026-12-31T11:00:00Z", "31 décembre 2026"],
])("the day of %s is written %s", (iso, text) => expect(formatDay(new Date(iso))).toBe(text));

test.each([
  ["2026-11-23T22:59:00Z", "aujourd’hui"],
  ["2026-11-23T23:00:00Z", "demain"],
  ["2026-11-22T11:00:00Z", "hier"],
  ["2026-11-30T11:00:00Z", "lundi 30 novembre"],
  ["2026-12-01T11:00:00Z", "mardi 1er décembre"],
  ["2027-01-01T11:00:00Z", "vendredi 1er janvier 2027"],
  ["2027-01-04T11:00:00Z", "lundi 4 janvier 2027"],
])("seen from a Monday of November, %s is %s", (iso, text) =>
  expect(formatRelativeDay(new Date(iso), NOW)).toBe(text),
);

test("the first of a month keeps its ordinal before an hour", () => {
  const first = new Date("2026-12-01T14:05:00Z");
  expect(plain(formatInstant(first))).toBe("1er décembre 2026 à 15 h 05");
  expect(plain(formatRelativeInstant(first, NOW))).toBe("mardi 1er décembre à 15 h 05");
});

import { expect, test } from "vitest";
import { formatDuration } from "./durations.ts";
import { formatLocalInstant, parseLocalInstant } from "./parse-local-instant.ts";

test.each([
  ["winter", "2026-11-24T15:30", "2026-11-24T14:30:00.000Z"],
  ["summer", "2026-07-01T00:00", "2026-06-30T22:00:00.000Z"],
  ["the first of the hour that is there twice", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
])("a form's time is Paris's own: %s", (_season, text, iso) => {
  expect(parseLocalInstant(text)?.toISOString()).toBe(iso);
  expect(formatLocalInstant(new Date(iso))).toBe(text);
});

test.each(["2027-03-28T02:30", "2026-02-30T10:00", "2026-13-01T10:00", "2026-01-01T25:00", "x", ""])(
  "%j is no time",
  (text) => expect(parseLocalInstant(text)).toBeNull(),
);

test.each([
  [30_000, "moins d’une minute"],
  [48 * 60_000, "48\u202fmin"],
  [(3 * 60 + 5) * 60_000, "3\u202fh\u202f05"],
  [53 * 3_600_000, "2\u202fj 5\u202fh"],
])("%d ms are said as %s", (durationMs, text) => expect(formatDuration(durationMs)).toBe(text));

import { expect, test } from "vitest";
import { describeEstimate, sayEstimate } from "./estimates.ts";

const NOW = new Date("2026-11-23T10:00:00.000Z");

function plain(text: string | null): string | null {
  return text?.replace(/[\u00a0\u202f]/g, " ") ?? null;
}

function estimate(estimatedAt: string, latestAt: string) {
  return { estimatedAt: new Date(estimatedAt), latestAt: new Date(latestAt) };
}

test("an estimate is a time of day and a limit, in Paris", () => {
  const said = sayEstimate(estimate("2026-11-23T13:58:00Z", "2026-11-24T11:00:00Z"), NOW);
  expect(plain(said)).toBe("aujourd’hui vers 15 h, au plus tard demain 12 h");
});

test("the same instants are said in the school's own zone", () => {
  const said = sayEstimate(estimate("2026-11-23T13:58:00Z", "2026-11-24T11:00:00Z"), NOW, "Indian/Reunion");
  expect(plain(said)).toBe("aujourd’hui vers 18 h, au plus tard demain 15 h");
});

test("what is minutes away is said in minutes", () => {
  const said = sayEstimate(estimate("2026-11-23T10:05:00Z", "2026-11-23T10:30:00Z"), NOW);
  expect(plain(said)).toBe("dans 5 minutes environ, au plus tard à 11 h 30");
});

test("never below zero: an estimate that is over keeps its limit, a limit that is over says it is late", () => {
  expect(plain(sayEstimate(estimate("2026-11-23T09:00:00Z", "2026-11-23T10:30:00Z"), NOW))).toBe(
    "d’un instant à l’autre, au plus tard à 11 h 30",
  );
  const over = describeEstimate(estimate("2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"), { now: NOW });
  expect(over).toMatchObject({ isLate: true });
  expect(plain(over.text)).toContain("plus long que prévu");
});

test("a new promise after a broken one says that it is late", () => {
  const renewed = estimate("2026-11-23T10:05:00Z", "2026-11-23T10:30:00Z");
  expect(plain(describeEstimate(renewed, { now: NOW, isLate: true }).text)).toBe(
    "C’est plus long que prévu. Nouvelle estimation : dans 5 minutes environ, au plus tard à 11 h 30.",
  );
});

import { expect, test } from "vitest";
import { simulateWeek } from "#tests/hosting/simulated-week.ts";
import { calibrate, fitWork, foresee, type PastStep } from "./forecast.ts";

const step = (given: Partial<PastStep>): PastStep => ({
  ...{ workBytes: 0, durationMs: 1_000, expectedMs: 1_000, isAlone: true },
  ...given,
});

test.each([1, 2, 3])(
  "in a simulated week (seed %i) nine deposits in ten end before the latest time promised",
  (seed) => {
    const { endedBeforeLatest, endedBeforeEstimated } = simulateWeek(seed);
    expect(endedBeforeLatest).toBeGreaterThanOrEqual(0.85);
    expect(endedBeforeLatest).toBeLessThanOrEqual(0.95);
    expect(endedBeforeEstimated).toBeGreaterThan(0.4);
    expect(endedBeforeEstimated).toBeLessThan(0.6);
  },
);

test("the work's fixed part and its part for each byte are found again", () => {
  const past = Array.from({ length: 50 }, (_, index) =>
    step({ workBytes: index * 1e6, durationMs: 5_000 + index * 200 }),
  );
  const { fixedMs, msPerByte } = fitWork(past);
  expect(fixedMs).toBeCloseTo(5_000, 0);
  expect(msPerByte).toBeCloseTo(200 / 1e6, 9);
});

test("steps that waited teach nothing of the work itself", () => {
  const alone = Array.from({ length: 30 }, () => step({ durationMs: 1_000 }));
  const waited = Array.from({ length: 30 }, () => step({ durationMs: 90_000, isAlone: false }));
  expect(fitWork([...alone, ...waited]).fixedMs).toBeCloseTo(1_000);
});

test("a queue makes the forecast longer, a worker more makes it shorter", () => {
  const model = { fixedMs: 1_000, msPerByte: 0 };
  const none = foresee(model, 0, { steps: 0, bytes: 0, workers: 2 });
  const queued = foresee(model, 0, { steps: 10, bytes: 0, workers: 2 });
  expect(none).toBe(1_000);
  expect(queued).toBeGreaterThan(none);
  expect(foresee(model, 0, { steps: 10, bytes: 0, workers: 4 })).toBeLessThan(queued);
});

test("with no experience, and with experience that is all the same, promises are still ordered", () => {
  for (const past of [[], Array.from({ length: 40 }, () => step({}))]) {
    const { median, p90 } = calibrate(past);
    expect(median).toBeGreaterThan(0);
    expect(p90).toBeGreaterThanOrEqual(median);
  }
});

import { calibrate, fitWork, foresee, type PastStep } from "#hosting/estimate/forecast.ts";

export const DEPOSITS = 2_000;
const WORKERS = 2;
const SAMPLE = 200;
const MIB = 1024 ** 2;
const HOUR_MS = 3_600_000;

/** Numbers that look random and are the same at every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function createLogNormal(random: () => number, median: number, spread: number): () => number {
  return () =>
    median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

/** A week in September: five school days, most deposits in two rushes a day. */
function listArrivals(random: () => number): number[] {
  return Array.from({ length: DEPOSITS }, () => {
    const day = Math.floor(random() * 5);
    const rush = random() < 0.5 ? 10 : 15.5;
    const hour = Math.min(18, Math.max(8, rush + 2.5 * (random() + random() - 1)));
    return (day * 24 + hour) * HOUR_MS;
  }).sort((left, right) => left - right);
}

interface Deposit extends PastStep {
  readonly endsAt: number;
}

/** Simulates the queue and asks, for each deposit as it arrives, for the promise that the school would read. */
export function simulateWeek(seed: number): { endedBeforeLatest: number; endedBeforeEstimated: number } {
  const random = createRandom(seed);
  const sizeBytes = createLogNormal(random, 120 * MIB, 1);
  const noise = createLogNormal(random, 1, 0.35);
  const freeAt = Array.from({ length: WORKERS }, () => 0);
  const deposits: Deposit[] = [];
  let [beforeLatest, beforeEstimated] = [0, 0];
  for (const at of listArrivals(random)) {
    const past = deposits.filter(({ endsAt }) => endsAt <= at).slice(-SAMPLE);
    const waiting = deposits.filter(({ endsAt }) => endsAt > at);
    const workBytes = sizeBytes();
    const bytes = waiting.reduce((sum, other) => sum + other.workBytes, 0);
    const expectedMs = foresee(fitWork(past), workBytes, { steps: waiting.length, bytes, workers: WORKERS });
    const { median, p90 } = calibrate(past);
    // One in fifty meets a fault that passes, and is tried again a minute later.
    const workMs = (15_000 + workBytes / ((4 * MIB) / 1000)) * noise() + (random() < 0.02 ? 60_000 : 0);
    const worker = freeAt.indexOf(Math.min(...freeAt));
    const endsAt = Math.max(at, freeAt[worker] ?? 0) + workMs;
    freeAt[worker] = endsAt;
    if (endsAt - at <= expectedMs * p90) beforeLatest += 1;
    if (endsAt - at <= expectedMs * median) beforeEstimated += 1;
    deposits.push({ workBytes, durationMs: endsAt - at, expectedMs, isAlone: waiting.length === 0, endsAt });
  }
  return { endedBeforeLatest: beforeLatest / DEPOSITS, endedBeforeEstimated: beforeEstimated / DEPOSITS };
}

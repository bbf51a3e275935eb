import { test } from "vitest";

/** What a harness is told: how long it may run, and what to begin its random choices with. */
export interface Budget {
  readonly minutes: number;
  readonly seed: number;
  /** Milliseconds until its time is over; never negative. */
  leftMs(): number;
  /** A line of what it did. */
  print(line: string): void;
}

/** What is done after the time is over: the last round, and looking at what became of it. */
const END_MS = 20 * 60_000;

/** A harness of `npm run test:deep`: it stops by itself once its minutes are over, and throws where it found a fault. */
export function deep(guarantee: string, run: (budget: Budget) => Promise<void>): void {
  const minutes = Number(process.env.DEEP_MINUTES ?? 1);
  const seed = Number(process.env.DEEP_SEED ?? 1);
  test(guarantee, { timeout: minutes * 60_000 + END_MS }, async () => {
    const endsAt = performance.now() + minutes * 60_000;
    await run({
      ...{ minutes, seed },
      leftMs: () => Math.max(0, endsAt - performance.now()),
      print: (line) => void process.stdout.write(`${line}\n`),
    });
  });
}

/** Goes from seed to seed for as long as there is time, one round at least; says how far it came. */
export async function exploreSeeds(
  { seed: first, leftMs, print }: Budget,
  what: string,
  explore: (round: { seed: number; timeLimitMs: number }) => Promise<number>,
): Promise<void> {
  let runs = 0;
  let seed = first;
  do {
    runs += await explore({ seed, timeLimitMs: Math.max(1_000, leftMs()) });
    seed += 1;
  } while (leftMs() > 0);
  print(`${what}: ${runs} runs, seeds ${first} to ${seed - 1}: no fault`);
}

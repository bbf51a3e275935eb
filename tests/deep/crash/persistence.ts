import { setTimeout as wait } from "node:timers/promises";

/** While a worker dies every few seconds, a step of its work may be cut many times before it ends. */
const GIVE_UP_AFTER_MS = 10 * 60_000;
const RETRY_DELAY_MS = 100;

/** Thrown where trying again is of no use. */
export class Hopeless extends Error {}

/**
 * Tries until it works, as somebody does who needs it done; throws the last failure after ten minutes without progress.
 * `progressAt` tells when there was some; without it, all of it must be done by then.
 */
export async function persistently<Result>(
  attempt: () => Promise<Result>,
  progressAt: () => number = () => 0,
): Promise<Result> {
  const startedAt = Date.now();
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (failure instanceof Hopeless || Date.now() > Math.max(startedAt, progressAt()) + GIVE_UP_AFTER_MS)
        throw failure;
      await wait(RETRY_DELAY_MS);
    }
  }
}

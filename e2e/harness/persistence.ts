import { setTimeout as wait } from "node:timers/promises";

/** While a worker dies every few seconds, a step of its work may be cut many times before it ends. */
const GIVE_UP_AFTER_MS = 10 * 60_000;
const RETRY_DELAY_MS = 100;

/** Thrown where trying again is of no use. */
export class Hopeless extends Error {}

/** Tries until it works, as somebody does who needs it done; throws the last failure after ten minutes. */
export async function persistently<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (failure instanceof Hopeless || Date.now() > deadline) throw failure;
      await wait(RETRY_DELAY_MS);
    }
  }
}

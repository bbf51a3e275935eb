import { setTimeout as wait } from "node:timers/promises";

/** Each look costs the server a page of JSON. */
const POLL_MS = 100;

/** Asks again until the answer is not null; throws with what it waited for when it takes too long. */
export async function waitUntil<Result>(
  what: string,
  ask: () => Promise<Result | null> | Result | null,
  timeoutMs = 120_000,
): Promise<Result> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await wait(POLL_MS);
  }
}

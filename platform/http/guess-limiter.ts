import type { IncomingMessage, ServerResponse } from "node:http";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { clientAddress } from "./client-address.ts";

const GUESSES_PER_MINUTE = 300;

export interface GuessLimiter {
  /** Seconds for which this sender is not listened to; 0 when it is. */
  refusedForSeconds(request: IncomingMessage): Promise<number>;
  /** Counts the answer when it refuses a credential that was presented. */
  watch(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * Slows down whoever tries credentials. A right one is never counted, however often it comes: an upload's PATCHes and
 * HEADs pass. Keys have 256 bits, so this guards the machine rather than the keys, and each process counts for itself.
 */
export function createGuessLimiter(): GuessLimiter {
  const limiter = new RateLimiterMemory({ points: GUESSES_PER_MINUTE, duration: 60 });
  return {
    refusedForSeconds: async (request) => {
      const state = await limiter.get(clientAddress(request));
      return state && state.consumedPoints > GUESSES_PER_MINUTE ? Math.ceil(state.msBeforeNext / 1000) : 0;
    },
    watch: (request, response) => {
      if (!request.headers.authorization) return;
      response.once("finish", () => {
        // 404 is what a refused creation answers.
        const isRefused =
          response.statusCode === 401 || (response.statusCode === 404 && request.method === "POST");
        if (isRefused) limiter.consume(clientAddress(request)).catch(ignoreExceeded);
      });
    },
  };
}

function ignoreExceeded(outcome: unknown): void {
  if (!(outcome instanceof RateLimiterRes)) throw outcome;
}

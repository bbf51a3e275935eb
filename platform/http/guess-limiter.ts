import type { IncomingMessage, ServerResponse } from "node:http";
import { isIPv6 } from "node:net";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { clientAddress } from "./client-address.ts";

const PER_ADDRESS = 300;
const PER_ESTABLISHMENT = 300;
const PER_PAIR = 120;

export interface GuessLimiter {
  /** Seconds for which a wrong credential of this sender is not even looked at; 0 when it is. */
  refusedForSeconds(request: IncomingMessage, rne: string): Promise<number>;
  /** Counts the answer when it refuses a credential that was presented. */
  watch(request: IncomingMessage, response: ServerResponse, rne: string): void;
}

/**
 * Slows down whoever tries credentials: per address, per establishment, and per both, in a minute. It is told of wrong
 * ones only, and never keeps a right one out: a school's whole town may share one address. Keys have 256 bits, so this
 * guards the machine rather than the keys, and each process counts for itself.
 */
export function createGuessLimiter(): GuessLimiter {
  const limiterOf = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const [address, establishment, pair] = [PER_ADDRESS, PER_ESTABLISHMENT, PER_PAIR].map(limiterOf);
  const bucketsOf = (request: IncomingMessage, rne: string) => {
    const network = networkOf(clientAddress(request));
    return [
      { limiter: address, key: network },
      ...(rne === "" ? [] : [{ limiter: establishment, key: rne }]),
      ...(rne === "" ? [] : [{ limiter: pair, key: `${network} ${rne}` }]),
    ];
  };
  return {
    refusedForSeconds: async (request, rne) => {
      const states = await Promise.all(
        bucketsOf(request, rne).map(async ({ limiter, key }) => {
          const state = await limiter?.get(key);
          return state && state.consumedPoints > (limiter?.points ?? 0) ? state.msBeforeNext : 0;
        }),
      );
      return Math.ceil(Math.max(...states) / 1000);
    },
    watch: (request, response, rne) => {
      if (!request.headers.authorization) return;
      response.once("finish", () => {
        // The one header that a refused credential's answer has, whatever its status.
        if (!response.hasHeader("www-authenticate")) return;
        for (const { limiter, key } of bucketsOf(request, rne)) limiter?.consume(key).catch(ignoreExceeded);
      });
    },
  };
}

/** One customer has a whole /64 of IPv6. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter(Boolean).length;
  return [...groups, ...Array.from({ length: missing }, () => "0"), ...(tail ?? "").split(":")]
    .slice(0, 4)
    .join(":");
}

function ignoreExceeded(outcome: unknown): void {
  if (!(outcome instanceof RateLimiterRes)) throw outcome;
}

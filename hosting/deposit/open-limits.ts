import type { IncomingMessage } from "node:http";
import { Refusal } from "#hosting/refusal.ts";
import { clientAddress } from "#platform/http/client-address.ts";

/** Three requests for each file of a deposit: one that sends, one that asks, one that takes over. */
const PER_ESTABLISHMENT = 48;
/** Hundreds of schools may come through one proxy of their authority; each sends a few files at once. */
const PER_ADDRESS = 2_000;

export interface OpenLimits {
  /** Runs `exchange` unless its establishment, or its address, has too many open already: 429 then. */
  count<Result>(request: IncomingMessage, rne: string, exchange: () => Promise<Result>): Promise<Result>;
}

/** How many requests on deposits may be open at once in this process. */
export function createOpenLimits({
  perEstablishment = PER_ESTABLISHMENT,
  perAddress = PER_ADDRESS,
} = {}): OpenLimits {
  const open = new Map<string, number>();
  return {
    count: async (request, rne, exchange) => {
      const places = [
        { key: `establishment ${rne}`, most: perEstablishment },
        { key: `address ${clientAddress(request)}`, most: perAddress },
      ];
      if (places.some(({ key, most }) => (open.get(key) ?? 0) >= most))
        throw new Refusal("too_many_requests", { retryAfterSeconds: 5 });
      for (const { key } of places) open.set(key, (open.get(key) ?? 0) + 1);
      try {
        return await exchange();
      } finally {
        for (const { key } of places) {
          const left = (open.get(key) ?? 1) - 1;
          if (left > 0) open.set(key, left);
          else open.delete(key);
        }
      }
    },
  };
}

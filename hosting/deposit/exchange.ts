import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import type { Establishment } from "#prisma/generated/client.ts";

/** Why a reception is stopped when its process leaves. */
export const LEAVING = "leaving";

/**
 * One request on the deposit: what the tus library's hooks and store need to know of it and are not handed. `stop`
 * ends its reception: another request wants the file, or the process is leaving.
 */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly establishment: Establishment;
  readonly stop: AbortController;
  /** The file that this request made. */
  createdId?: string;
}

const current = new AsyncLocalStorage<Exchange>();

export interface Exchanges {
  run<Result>(exchange: Exchange, run: () => Promise<Result>): Promise<Result>;
  /** Ends every reception at its offset, synced, also those that only begin: for a process that leaves. */
  leave(): void;
}

export function createExchanges(): Exchanges {
  const open = new Set<Exchange>();
  let isLeaving = false;
  return {
    run: async (exchange, run) => {
      open.add(exchange);
      // Its credentials may have been looked at while all others were told.
      if (isLeaving) exchange.stop.abort(LEAVING);
      try {
        return await current.run(exchange, run);
      } finally {
        open.delete(exchange);
      }
    },
    leave: () => {
      isLeaving = true;
      for (const exchange of open) exchange.stop.abort(LEAVING);
    },
  };
}

export function currentExchange(): Exchange {
  const exchange = current.getStore();
  if (!exchange) throw new Error("outside of a deposit request");
  return exchange;
}

import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import type { Establishment } from "#prisma/generated/client.ts";

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

const exchanges = new AsyncLocalStorage<Exchange>();
const open = new Set<Exchange>();

export async function runExchange<Result>(exchange: Exchange, run: () => Promise<Result>): Promise<Result> {
  open.add(exchange);
  try {
    return await exchanges.run(exchange, run);
  } finally {
    open.delete(exchange);
  }
}

export function currentExchange(): Exchange {
  const exchange = exchanges.getStore();
  if (!exchange) throw new Error("outside of a deposit request");
  return exchange;
}

/** Ends every reception at its offset, synced: for a process that leaves. */
export function stopAllExchanges(): void {
  for (const exchange of open) exchange.stop.abort("leaving");
}

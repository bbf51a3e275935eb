import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#platform/database/embedded.ts";

const RETRY_DELAY_MS = 300;

export interface KeepPostgresOptions {
  readonly directory: string;
  /** Told once each time that it died and could not be started at once: it is tried again until it can. */
  readonly onRefused: (failure: unknown) => void;
}

/** Starts our own PostgreSQL, and starts it again, at the same address, whenever it dies. */
export async function keepPostgres({ directory, onRefused }: KeepPostgresOptions): Promise<EmbeddedPostgres> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const started = await startEmbeddedPostgres(directory);
  const { connectionString, port } = started;
  const loop = (async () => {
    let isRefused = false;
    while (!signal.aborted) {
      await connectionEnd(connectionString, signal);
      if (signal.aborted) return;
      try {
        const again = await startEmbeddedPostgres(directory, { port });
        if (again.port !== port) throw new Error(`it runs on port ${again.port}, not on ${port}`);
        isRefused = false;
      } catch (failure) {
        // Its processes may still be ending, it recovers, or its port is taken for a while.
        if (!isRefused) onRefused(failure);
        isRefused = true;
        await wait(RETRY_DELAY_MS, null, { signal }).catch(() => null);
      }
    }
  })();
  return {
    connectionString,
    port,
    stop: async () => {
      leaving.abort();
      await loop;
      await started.stop();
    },
  };
}

/** Resolves when PostgreSQL drops a connection that does nothing else: it ends with the process it belongs to. */
async function connectionEnd(connectionString: string, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, keepAlive: true });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  client.on("error", () => resolve()).on("end", () => resolve());
  signal.addEventListener("abort", () => resolve(), { once: true });
  try {
    await client.connect();
    await ended;
  } catch {
    // It could not be reached: the same as lost.
  } finally {
    await client.end().catch(() => {});
  }
}

import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#platform/database/embedded.ts";

const RETRY_DELAY_MS = 300;

export interface KeepPostgresOptions {
  readonly directory: string;
  /** Called when it could only be started at another address, which nobody knows. */
  readonly onMoved: () => void;
}

/** Starts our own PostgreSQL, and starts it again, at the same address, whenever it dies. */
export async function keepPostgres({ directory, onMoved }: KeepPostgresOptions): Promise<EmbeddedPostgres> {
  const leaving = new AbortController();
  const started = await startEmbeddedPostgres(directory);
  const { connectionString } = started;
  const loop = (async () => {
    while (!leaving.signal.aborted) {
      await connectionEnd(connectionString, leaving.signal);
      if (leaving.signal.aborted) return;
      const again = await startEmbeddedPostgres(directory).catch(() => null);
      if (again && again.connectionString !== connectionString) return onMoved();
      // Its processes may still be ending, or it recovers: then it cannot be started, or connected to, yet.
      if (!again) await wait(RETRY_DELAY_MS, null, { signal: leaving.signal }).catch(() => null);
    }
  })();
  return {
    connectionString,
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

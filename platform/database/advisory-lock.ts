import pg from "pg";

const PING_EVERY_MS = 3_000;
const QUERY_TIMEOUT_MS = 5_000;

/** Thrown, by way of the signal, to who still works after the lock was lost. */
export class LockLost extends Error {}

/** What a lock is on: a text, in one of the number spaces that keep one use's names from another's. */
export interface LockName {
  readonly space: number;
  readonly name: string;
}

/**
 * Runs `work` unless whoever else holds the lock, in any process; false then. The lock lives with a connection of its
 * own: a process that dies holds nothing up. `signal` is aborted when that connection is lost, or no longer answers, and
 * the lock may be another's.
 */
export async function tryWithAdvisoryLock(
  connectionString: string,
  { space, name }: LockName,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const lost = new AbortController();
  const client = new pg.Client({
    ...{ connectionString, connectionTimeoutMillis: 10_000, keepAlive: true },
    query_timeout: QUERY_TIMEOUT_MS,
  });
  const lose = () => lost.abort(new LockLost(`the lock on ${name} was lost`));
  client.on("error", lose).on("end", lose);
  let ping: NodeJS.Timeout | undefined;
  try {
    await client.connect();
    const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtextextended($1, $2)) AS locked", [
      name,
      space,
    ]);
    if (rows[0]?.locked !== true) return false;
    ping = setInterval(() => void client.query("SELECT 1").catch(lose), PING_EVERY_MS);
    await work(lost.signal);
    return true;
  } finally {
    clearInterval(ping);
    await client.end().catch(() => {});
  }
}

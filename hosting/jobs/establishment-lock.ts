import pg from "pg";

/**
 * Runs `work` unless another step of the same establishment is running anywhere; false then. The lock lives with its
 * own connection: a worker that dies holds nothing up.
 */
export async function tryWithEstablishmentLock(
  connectionString: string,
  rne: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtextextended($1, 1)) AS locked", [
      rne,
    ]);
    if (rows[0]?.locked !== true) return false;
    await work();
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}

import type { Database } from "#platform/database/client.ts";

/** How one kind of job stands. */
export interface QueueFigures {
  readonly name: string;
  /** Ready to run, with no worker free for them yet. */
  readonly waiting: number;
  readonly running: number;
  /** Planned for later. */
  readonly planned: number;
  /** Given up in the last seven days. */
  readonly failed: number;
  /** How long the oldest waiting job has been ready. */
  readonly oldestWaitMs: number | null;
}

interface Row {
  name: string;
  waiting: bigint;
  running: bigint;
  planned: bigint;
  failed: bigint;
  oldest_ms: number | null;
}

/** The figures of the named queues, in the given order; one that is empty has zeros. */
export async function readQueueFigures(
  db: Pick<Database, "$queryRaw">,
  names: readonly string[],
): Promise<QueueFigures[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT name,
      count(*) FILTER (WHERE state < 'active' AND start_after <= now()) AS waiting,
      count(*) FILTER (WHERE state = 'active') AS running,
      count(*) FILTER (WHERE state < 'active' AND start_after > now()) AS planned,
      count(*) FILTER (WHERE state = 'failed') AS failed,
      (extract(epoch FROM now() - min(start_after)
        FILTER (WHERE state < 'active' AND start_after <= now())) * 1000)::float8 AS oldest_ms
    FROM queue.job
    WHERE name = ANY(${[...names]}) AND state NOT IN ('completed', 'cancelled')
    GROUP BY name`;
  const found = new Map(rows.map((row) => [row.name, row]));
  return names.map((name) => {
    const row = found.get(name);
    return {
      name,
      waiting: Number(row?.waiting ?? 0),
      running: Number(row?.running ?? 0),
      planned: Number(row?.planned ?? 0),
      failed: Number(row?.failed ?? 0),
      oldestWaitMs: row?.oldest_ms ?? null,
    };
  });
}

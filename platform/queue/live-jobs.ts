import type { Database } from "#platform/database/client.ts";
import type { JobDefinition } from "./job.ts";
import type { JobTransaction } from "./queue.ts";

/** A job that is not over: planned for later, waiting for a worker, or running. */
export interface LiveJob<Payload> {
  readonly payload: Payload;
  readonly isRunning: boolean;
  /** When it may begin, at the earliest. */
  readonly startAfter: Date;
}

/** How a job that is looked for stands; "absent" when there is none that is not over. */
export type JobStanding = "running" | "waiting" | "planned" | "absent";

/** Every live job of these kinds; what cannot be read as their payload is left out. */
export async function listLiveJobs<Payload extends object>(
  db: Pick<Database, "$queryRaw">,
  jobs: readonly JobDefinition<Payload>[],
): Promise<LiveJob<Payload>[]> {
  const definitions = new Map(jobs.map((job) => [job.name, job]));
  const rows = await db.$queryRaw<{ name: string; data: unknown; state: string; start_after: Date }[]>`
    SELECT name, data, state::text AS state, start_after FROM queue.job
    WHERE name = ANY(${[...definitions.keys()]}) AND state IN ('created', 'retry', 'active')`;
  return rows.flatMap(({ name, data, state, start_after }) => {
    const payload = definitions.get(name)?.payload.safeParse(data ?? {});
    if (!payload?.success) return [];
    return [{ payload: payload.data, isRunning: state === "active", startAfter: start_after }];
  });
}

/** How the job that carries `match` stands. */
export async function findJobStanding<Payload extends object>(
  transaction: JobTransaction,
  job: JobDefinition<Payload>,
  match: Partial<Payload>,
): Promise<JobStanding> {
  // now() is the transaction's beginning: one that waited for a lock would hold what came meanwhile for planned.
  const found = await transaction.$queryRawUnsafe<{ state: string; due: boolean }[]>(
    `SELECT state::text AS state, start_after <= clock_timestamp() AS due FROM queue.job
     WHERE name = $1 AND state IN ('created', 'retry', 'active') AND data @> $2::jsonb`,
    job.name,
    JSON.stringify(match),
  );
  if (found.length === 0) return "absent";
  if (found.some(({ state }) => state === "active")) return "running";
  return found.some(({ due }) => due) ? "waiting" : "planned";
}

/**
 * Has the planned job that carries `match` begin now, with all its tries before it: moving it, where a second one would
 * double the work.
 */
export async function hurryJob<Payload extends object>(
  transaction: JobTransaction,
  job: JobDefinition<Payload>,
  match: Partial<Payload>,
): Promise<void> {
  await transaction.$queryRawUnsafe(
    `UPDATE queue.job SET start_after = clock_timestamp(), retry_count = 0
     WHERE name = $1 AND state IN ('created', 'retry') AND start_after > clock_timestamp() AND data @> $2::jsonb
     RETURNING 1 AS hurried`,
    job.name,
    JSON.stringify(match),
  );
}

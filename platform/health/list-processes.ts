import type { Database } from "#platform/database/client.ts";

const FRESH_MS = 30_000;

/** A process of this deployment, by its heartbeats. */
export interface ProcessSeen {
  readonly name: string;
  readonly role: "server" | "worker";
  readonly lastSeenAt: Date;
  readonly isAlive: boolean;
}

/** The processes that gave a sign of life in the last hour or so, the latest first. */
export async function listProcesses(db: Pick<Database, "$queryRaw">, now: Date): Promise<ProcessSeen[]> {
  const rows = await db.$queryRaw<{ process: string; role: string; at: Date }[]>`
    SELECT process, role, at FROM platform."Heartbeat" ORDER BY at DESC`;
  return rows.map(({ process, role, at }) => ({
    name: process,
    role: role === "worker" ? "worker" : "server",
    lastSeenAt: at,
    isAlive: now.getTime() - at.getTime() < FRESH_MS,
  }));
}

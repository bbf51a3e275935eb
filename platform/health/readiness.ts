import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "#platform/database/client.ts";
import { isAlive } from "./heartbeat.ts";

const MIGRATIONS_DIRECTORY = join(import.meta.dirname, "..", "..", "prisma", "migrations");

/** True once the database has the schema that this code expects. */
export async function isMigrated(db: Pick<Database, "$queryRaw">): Promise<boolean> {
  const last = readdirSync(MIGRATIONS_DIRECTORY)
    .filter((name) => /^\d/.test(name))
    .sort()
    .at(-1);
  const rows = await db.$queryRaw<{ found: bigint }[]>`
    SELECT count(*) AS found FROM _prisma_migrations WHERE migration_name = ${last ?? ""} AND finished_at IS NOT NULL`;
  return Number(rows[0]?.found ?? 0) > 0;
}

/** What is not ready; empty when all is. */
export async function listUnready(db: Pick<Database, "$queryRaw" | "heartbeat">): Promise<string[]> {
  try {
    await db.$queryRaw`SELECT 1`;
  } catch {
    return ["database"];
  }
  return (await isAlive(db, "worker")) ? [] : ["worker"];
}

import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject, onTestFinished } from "vitest";

export interface TestDatabase {
  readonly connectionString: string;
  drop(): Promise<void>;
}

/** Filled by the migrations and by the queue itself, and the same for all. */
const KEPT = ["public._prisma_migrations", "queue.queue", "queue.schedule", "queue.version"];

/** Those of this process that no test uses now. */
const free: string[] = [];

/**
 * A migrated, empty database of one's own. To make one takes longer than most tests: one that an earlier test of the same
 * file has let go of is emptied and taken again, unless it must be new.
 */
export async function createTestDatabase({ isNew = false } = {}): Promise<TestDatabase> {
  const known = isNew ? undefined : free.pop();
  const name = known ?? `test_${randomUUID().replaceAll("-", "")}`;
  if (known) await empty(name);
  else await execute("postgres", `CREATE DATABASE ${name} TEMPLATE bcdi`);
  return {
    connectionString: addressOf(name),
    drop: async () => {
      // Whoever still speaks to it is cut off, now and not under the next test.
      await execute(
        "postgres",
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
      if (isNew) await execute("postgres", `DROP DATABASE ${name} WITH (FORCE)`);
      else free.push(name);
    },
  };
}

/** The same, let go of when the running test ends. */
export async function useTestDatabase(options: { isNew?: boolean } = {}): Promise<string> {
  const { connectionString, drop } = await createTestDatabase(options);
  onTestFinished(drop);
  return connectionString;
}

/** Rows are deleted, which is faster than truncating some thirty tables, and numbers begin at one again. */
async function empty(name: string): Promise<void> {
  await execute(
    name,
    `DO $$ DECLARE found record; BEGIN
       SET LOCAL session_replication_role = replica;
       FOR found IN SELECT oid::regclass AS name FROM pg_class
         WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('accounts', 'cyber', 'hosting', 'platform', 'queue')
           AND relnamespace::regnamespace || '.' || relname <> ALL ('{${KEPT.join(",")}}')
       LOOP EXECUTE 'DELETE FROM ' || found.name; END LOOP;
       FOR found IN SELECT oid::regclass AS name FROM pg_class
         WHERE relkind = 'S' AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
       LOOP EXECUTE 'ALTER SEQUENCE ' || found.name || ' RESTART'; END LOOP;
     END $$`,
  );
}

function addressOf(database: string): string {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${database}`;
  return url.href;
}

async function execute(database: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf(database) });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

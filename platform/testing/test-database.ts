import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject, onTestFinished } from "vitest";

async function execute(sql: string): Promise<void> {
  const url = new URL(inject("postgresUrl"));
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A migrated, empty database of one's own; returns its address and how to drop it. */
export async function createTestDatabase(): Promise<{ connectionString: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await execute(`CREATE DATABASE ${name} TEMPLATE bcdi`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return { connectionString: url.href, drop: () => execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** The same, dropped when the running test ends. */
export async function useTestDatabase(): Promise<string> {
  const { connectionString, drop } = await createTestDatabase();
  onTestFinished(drop);
  return connectionString;
}

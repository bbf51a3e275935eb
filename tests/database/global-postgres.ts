import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { cyberJobs } from "#cyber/jobs/jobs.ts";
import { hostingJobs } from "#hosting/jobs/definitions.ts";
import { startEmbeddedPostgres } from "#platform/database/embedded.ts";
import { applyMigrations } from "#platform/database/migrations.ts";
import { createLogger } from "#platform/log.ts";
import { sendMailJob } from "#platform/mail/outbox.ts";
import { openQueue } from "#platform/queue/queue.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One real PostgreSQL for all test files; its database, migrated and with its queues, is the template of theirs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-test-"));
  const postgres = await startEmbeddedPostgres(directory);
  const { connectionString } = postgres;
  await forgoDurability(connectionString);
  await applyMigrations(connectionString);
  const jobs = [...hostingJobs, ...cyberJobs, sendMailJob];
  const log = createLogger("silent", "test");
  const queue = await openQueue({ connectionString, log, role: "worker", jobs });
  await queue.stop(10_000);
  project.provide("postgresUrl", connectionString);
  return async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

/** Nobody needs these databases after a power cut; whole deployments are tested with a server as it comes. */
async function forgoDurability(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"])
    await client.query(`ALTER SYSTEM SET ${setting} = off`);
  await client.query("SELECT pg_reload_conf()");
  await client.end();
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "#platform/database/embedded.ts";
import { applyMigrations } from "#platform/database/migrations.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One real PostgreSQL for all test files; its migrated database is the template of theirs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-test-"));
  const postgres = await startEmbeddedPostgres(directory);
  await applyMigrations(postgres.connectionString);
  project.provide("postgresUrl", postgres.connectionString);
  return async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "#platform/database/embedded.ts";
import { diffMigrations, findSnapshot, readSchema, SNAPSHOT_FILE } from "#platform/database/migrations.ts";

// `npm run migration -- NAME` writes what the schema asks for beyond the last migration; without a name it only
// says, with no database, whether they agree.
const name = process.argv[2];
const current = await readSchema();
if ((await findSnapshot()) === current) console.log("The migrations and the schema agree.");
else if (name) await write(name);
else {
  console.error("The schema asks for a new migration: npm run migration -- NAME");
  process.exitCode = 1;
}

async function write(migrationName: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-migration-"));
  const postgres = await startEmbeddedPostgres(directory);
  try {
    const sql = await diffMigrations(postgres.connectionString);
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = join(import.meta.dirname, "..", "prisma", "migrations", `${stamp}_${migrationName}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "migration.sql"), sql);
    writeFileSync(join(folder, SNAPSHOT_FILE), current);
    console.log(`Written: ${folder}`);
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

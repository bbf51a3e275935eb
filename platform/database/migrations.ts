import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { MigrationList, SchemaContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { withSchemaEngine } from "./schema-engine.ts";

const PROJECT_DIRECTORY = resolve(import.meta.dirname, "..", "..");
const MIGRATIONS_DIRECTORY = join(PROJECT_DIRECTORY, "prisma", "migrations");
const SCHEMA_DIRECTORY = join(PROJECT_DIRECTORY, "prisma", "schema");
const NO_FILTER = { externalTables: [], externalEnums: [] };

async function listMigrations(): Promise<MigrationList> {
  const entries = await readdir(MIGRATIONS_DIRECTORY, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(join(MIGRATIONS_DIRECTORY, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
  return {
    baseDir: MIGRATIONS_DIRECTORY,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(MIGRATIONS_DIRECTORY, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

async function listSchemaFiles(): Promise<SchemaContainer[]> {
  const names = (await readdir(SCHEMA_DIRECTORY)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: join(SCHEMA_DIRECTORY, name),
      content: await readFile(join(SCHEMA_DIRECTORY, name), "utf8"),
    })),
  );
}

/** Applies what is missing, as `prisma migrate deploy` does; returns the names of what it applied. */
export async function applyMigrations(connectionString: string): Promise<string[]> {
  const migrationsList = await listMigrations();
  return withSchemaEngine(connectionString, await listSchemaFiles(), async (engine) => {
    const applied = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
    return applied.appliedMigrationNames;
  });
}

/** Where each migration keeps the schema it led to: the next one is the difference from there. */
export const SNAPSHOT_FILE = "schema.prisma";

/** The schema's files as one text. */
export async function readSchema(): Promise<string> {
  return (await listSchemaFiles()).map(({ content }) => content).join("\n");
}

/** The schema that the last migration led to; null when there is none yet. */
export async function findSnapshot(): Promise<string | null> {
  const last = (await listMigrations()).migrationDirectories.at(-1);
  return last ? readFile(join(MIGRATIONS_DIRECTORY, last.path, SNAPSHOT_FILE), "utf8") : null;
}

/**
 * The SQL from the last migration's snapshot to the schema's files. The engine wants a database to connect to,
 * but compares two schemas: reading a live one through the WebAssembly driver fails on "char" columns.
 */
export async function diffMigrations(connectionString: string): Promise<string> {
  const [previous, current] = [await findSnapshot(), await readSchema()];
  const schema = (content: string) => ({
    files: [{ path: "schema.prisma", content }],
    configDir: PROJECT_DIRECTORY,
  });
  return withSchemaEngine(connectionString, [{ path: "schema.prisma", content: current }], async (engine) => {
    const result = await engine.diff({
      from: previous ? { tag: "schemaDatamodel", ...schema(previous) } : { tag: "empty" },
      to: { tag: "schemaDatamodel", ...schema(current) },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return result.stdout ?? "";
  });
}

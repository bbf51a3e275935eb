import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/**
 * Works with Prisma's schema engine as WebAssembly: the same engine as the CLI's binary, which cannot be downloaded
 * everywhere. The package's own entry imports its .wasm as a module, which Node does not do: so by hand.
 */
export async function withSchemaEngine<Result>(
  connectionString: string,
  schemaFiles: readonly { path: string; content: string }[],
  work: (engine: glue.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const gluePath = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(join(dirname(gluePath), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  // A pool of our own: the engine would leave its connections open.
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 10_000 });
  // PostgreSQL may die while a connection of it is idle.
  pool.on("error", () => {});
  const datamodels = schemaFiles.map(({ path, content }): [string, string] => [path, content]);
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  try {
    const engine = await glue.SchemaEngine.new({ datamodels }, () => {}, factory);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

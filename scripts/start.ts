import { join } from "node:path";
import { supervise } from "#platform/supervisor/supervise.ts";
import { buildIfNeeded } from "./build.ts";
import { generateClient } from "./generate-client.ts";

const isDevelopment = process.argv.includes("--dev");

await supervise({
  projectDirectory: join(import.meta.dirname, ".."),
  isDevelopment,
  prepare: async () => (isDevelopment ? generateClient() : buildIfNeeded()),
});

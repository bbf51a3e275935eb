import { join } from "node:path";
import { supervise } from "#platform/supervisor/supervise.ts";
import { buildIfNeeded } from "./build.ts";
import { generateClient } from "./generate-client.ts";

const isDevelopment = process.argv.includes("--dev");
// For tests, which build once and start often.
const isBuilt = process.argv.includes("--built");

await supervise({
  projectDirectory: join(import.meta.dirname, ".."),
  isDevelopment,
  prepare: async () => {
    if (isDevelopment) generateClient();
    else if (!isBuilt) buildIfNeeded();
  },
});

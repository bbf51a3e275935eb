import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Prisma's client from the schema's files. */
export function generateClient(): void {
  const projectDirectory = join(import.meta.dirname, "..");
  execFileSync(
    process.execPath,
    [join(projectDirectory, "node_modules", "prisma", "build", "index.js"), "generate"],
    {
      cwd: projectDirectory,
      stdio: ["ignore", "ignore", "inherit"],
      // The command line insists on an engine that it would download and that `generate` never runs: any program will do.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
}

if (process.argv[1] === import.meta.filename) generateClient();

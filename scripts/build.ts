import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateClient } from "./generate-client.ts";

const PROJECT_DIRECTORY = join(import.meta.dirname, "..");
const STAMP = join(PROJECT_DIRECTORY, ".next", "sources");
const SOURCES = [
  "accounts",
  "app",
  "components",
  "contract",
  "cyber",
  "hosting",
  "platform",
  "prisma/schema",
  "public",
];
const FILES = ["next.config.ts", "package.json", "package-lock.json", "postcss.config.mjs", "tsconfig.json"];

/** Builds the pages unless what is built was made from these very sources. */
export function buildIfNeeded(): void {
  const sources = digestSources();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources) return;
  console.log("Building the pages (about a minute, once)…");
  build();
}

/** Builds the pages. */
export function build(): void {
  generateClient();
  const next = join(PROJECT_DIRECTORY, "node_modules", "next", "dist", "bin", "next");
  execFileSync(process.execPath, [next, "build"], {
    cwd: PROJECT_DIRECTORY,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeFileSync(STAMP, digestSources());
}

function digestSources(): string {
  const hash = createHash("sha256");
  const paths = SOURCES.flatMap((folder) =>
    readdirSync(join(PROJECT_DIRECTORY, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const path of [...paths, ...FILES.map((file) => join(PROJECT_DIRECTORY, file))].sort()) {
    hash.update(path.slice(PROJECT_DIRECTORY.length)).update(readFileSync(path));
  }
  return hash.digest("hex");
}

if (process.argv[1] === import.meta.filename)
  (process.argv.includes("--if-needed") ? buildIfNeeded : build)();

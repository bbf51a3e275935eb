import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { listBrokenLinks } from "./document-links.ts";
import { generateClient } from "./generate-client.ts";

const PROJECT_DIRECTORY = join(import.meta.dirname, "..");
const LAYERED = [
  "accounts",
  "app",
  "bench",
  "components",
  "contract",
  "cyber",
  "e2e",
  "hosting",
  "platform",
  "scripts",
  "tests",
];
const LAYERS = ["depcruise", "--config", join(PROJECT_DIRECTORY, ".dependency-cruiser.mjs")] as const;

// Everything that can be said of the sources without running them: needs no database.
generateClient();
const failed = [
  passes("pages' types", "next", "typegen"),
  passes("format and lint", "biome", "check", "--error-on-warnings"),
  passes("types", "tsc", "--noEmit"),
  passes("layers", ...LAYERS, ...LAYERED, "server.ts", "worker.ts", "--exclude", "^scripts/planted"),
  failsOnPlantedViolations(),
  passes("dead code", "knip"),
  passes("migrations agree with the schema", "node", join("scripts", "create-migration.ts")),
  hasNoBrokenLinks(),
].filter((isRight) => !isRight).length;
console.log(failed === 0 ? "\nAll checks passed." : `\n${failed} of the checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;

function run(directory: string, [program = "", ...parameters]: readonly string[]) {
  const path = `${join(PROJECT_DIRECTORY, "node_modules", ".bin")}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: "1" };
  return spawnSync(program, parameters, { cwd: directory, encoding: "utf8", env });
}

function report(name: string, isRight: boolean, output: string): boolean {
  console.log(`${isRight ? "✓" : "✗"} ${name}`);
  if (!isRight) console.log(output);
  return isRight;
}

function passes(name: string, ...command: readonly string[]): boolean {
  const { status, stdout, stderr } = run(PROJECT_DIRECTORY, command);
  return report(name, status === 0, `${stdout}${stderr}`);
}

/** Rules that cannot fail would prove nothing: two violations are planted, and both must be found. */
function failsOnPlantedViolations(): boolean {
  const { stdout } = run(join(PROJECT_DIRECTORY, "scripts", "planted"), [...LAYERS, "hosting", "app"]);
  const planted = [
    "hosting/reaches-cyber.ts → cyber/reached.ts",
    "app/opens-the-database.ts → platform/database/opened.ts",
  ];
  const isRight = planted.every((violation) => stdout.includes(violation));
  return report("layers: planted violations are found", isRight, stdout);
}

function hasNoBrokenLinks(): boolean {
  const broken = listBrokenLinks(PROJECT_DIRECTORY);
  return report("links in the documents", broken.length === 0, broken.join("\n"));
}

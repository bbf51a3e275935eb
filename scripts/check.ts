import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { listBrokenLinks } from "./document-links.ts";
import { generateClient } from "./generate-client.ts";

const PROJECT_DIRECTORY = join(import.meta.dirname, "..");
const PLANTED_DIRECTORY = join(PROJECT_DIRECTORY, "scripts", "planted");
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
const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** A rule that cannot fail would prove nothing: each of these breaks one, and must be found. */
const PLANTED = [
  "error sides-are-apart: hosting/reaches-cyber.ts → cyber/reached.ts",
  "error not-in-allowed: app/opens-the-database.ts → platform/database/opened.ts",
  "error no-tests-in-the-product: hosting/uses-tests.ts → tests/client/reaches-hosting.ts",
  "error black-box: tests/client/reaches-hosting.ts → hosting/jobs/run-step.ts",
  "error a-test-owns-its-worker: hosting/jobs/runs-a-step.test.ts → hosting/jobs/run-step.ts",
];

interface Verdict {
  readonly isRight: boolean;
  /** Shown where it is not right. */
  readonly output: string;
}

// Everything that can be said of the sources without running them: needs no database.
generateClient();
const typegen = await report("pages' types", run(PROJECT_DIRECTORY, "next", "typegen"));
const verdicts = await Promise.all([
  inTurn(
    ["types", () => run(PROJECT_DIRECTORY, "tsc", "--noEmit")],
    [
      "migrations agree with the schema",
      () => run(PROJECT_DIRECTORY, "node", join("scripts", "create-migration.ts")),
    ],
  ),
  inTurn(
    ["format and lint", () => run(PROJECT_DIRECTORY, "biome", "check", "--error-on-warnings")],
    [
      "layers",
      () =>
        run(
          PROJECT_DIRECTORY,
          ...LAYERS,
          ...LAYERED,
          "server.ts",
          "worker.ts",
          "--exclude",
          "^scripts/planted",
        ),
    ],
    ["layers: planted violations are found", findPlanted],
    ["dead code", () => run(PROJECT_DIRECTORY, "knip")],
    ["links in the documents", async () => judgeLinks()],
  ),
]);
const failed = [typegen, ...verdicts.flat()].filter((isRight) => !isRight).length;
console.log(failed === 0 ? "\nAll checks passed." : `\n${failed} of the checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;

/** One after another: two rows of them keep two processors busy. */
async function inTurn(...checks: readonly (readonly [string, () => Promise<Verdict>])[]): Promise<boolean[]> {
  const verdicts: boolean[] = [];
  for (const [name, check] of checks) verdicts.push(await report(name, check()));
  return verdicts;
}

async function report(name: string, check: Promise<Verdict>): Promise<boolean> {
  const { isRight, output } = await check;
  console.log(`${isRight ? "✓" : "✗"} ${name}`);
  if (!isRight) console.log(output);
  return isRight;
}

function run(directory: string, program: string, ...parameters: readonly string[]): Promise<Verdict> {
  const path = [join(PROJECT_DIRECTORY, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: "1" };
  const options = { cwd: directory, env, maxBuffer: LARGEST_OUTPUT_BYTES };
  return new Promise((resolve) => {
    execFile(program, parameters, options, (failure, stdout, stderr) =>
      resolve({ isRight: failure === null, output: `${stdout}${stderr}` }),
    );
  });
}

async function findPlanted(): Promise<Verdict> {
  const { output } = await run(PLANTED_DIRECTORY, ...LAYERS, "hosting", "app", "tests");
  const missing = PLANTED.filter((violation) => !output.includes(violation));
  return { isRight: missing.length === 0, output: [...missing, output].join("\n") };
}

function judgeLinks(): Verdict {
  const broken = listBrokenLinks(PROJECT_DIRECTORY);
  return { isRight: broken.length === 0, output: broken.join("\n") };
}

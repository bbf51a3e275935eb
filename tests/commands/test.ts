// npm test: every check and every test that says whether a change is right. Each part runs, also after one has failed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPeer, PEERS, type PeerName } from "#tests/peers/peers.ts";
import { type Failure, listPlaywrightFailures, listSlowest, listVitestFailures } from "./failures.ts";
import { type PartOptions, type PartResult, runPart, toMinutes } from "./run-part.ts";

const SLOWEST_SHOWN = 20;

const directory = mkdtempSync(join(tmpdir(), "bcdi-npm-test-"));
const reports = { vitest: join(directory, "vitest.json"), playwright: join(directory, "playwright.json") };
const REPORTERS = ["--reporter=default", "--reporter=json", `--outputFile.json=${reports.vitest}`];
const startedAt = performance.now();
const parts: PartResult[] = [];
const failures: Failure[] = [];
try {
  const missing = (Object.keys(PEERS) as PeerName[]).filter((name) => findPeer(name) === null);
  if (missing.length > 0)
    console.log(
      `Missing: ${missing.map((name) => PEERS[name].title).join(", ")}. Run \`npm run test:prepare\` first.`,
    );
  await run("checks", ["node", "scripts/check.ts"], { alone: "npm run check" });
  const build = ["node", "scripts/build.ts", "--if-needed"];
  const isBuilt = await run("build", build, { alone: "npm run build" });
  const prepare = ["node", "tests/deployment/prepare.ts", directory];
  const isPrepared = isBuilt && (await run("a first deployment", prepare, { alone: "npm start" }));
  const prepared = isPrepared ? { PREPARED_POSTGRES: join(directory, "postgres") } : {};
  // Both wait more than they work.
  await Promise.all([
    run("tests of the parts and of whole deployments", ["vitest", "run", ...REPORTERS], {
      ...{ alone: "npm run test:parts", variables: prepared },
      listFailures: () => listVitestFailures(reports.vitest),
    }),
    run("tests in a browser", ["playwright", "test"], {
      ...{ alone: "npm run test:browser", isKeptBack: true },
      variables: { ...prepared, PLAYWRIGHT_JSON_OUTPUT_FILE: reports.playwright },
      listFailures: () => listPlaywrightFailures(reports.playwright),
    }),
  ]);
  console.log(`\nThe ${SLOWEST_SHOWN} slowest tests:`);
  for (const { seconds, title } of listSlowest(reports.vitest, SLOWEST_SHOWN))
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${title}`);
  tellEnd();
} finally {
  rmSync(directory, { recursive: true, force: true });
}

interface Run extends PartOptions {
  /** The command that runs just this. */
  readonly alone: string;
  /** The tests that failed in it, once it has ended. */
  readonly listFailures?: () => Failure[];
}

/** Runs a part; what failed is named at the end, by its tests where it has some. */
async function run(
  name: string,
  words: readonly string[],
  { alone, listFailures, ...options }: Run,
): Promise<boolean> {
  if (!options.isKeptBack) console.log(`\n— ${name}`);
  const part = await runPart(name, words, options);
  parts.push(part);
  if (part.isRight) return true;
  const named = listFailures?.() ?? [];
  failures.push(...(named.length > 0 ? named : [{ title: name, command: alone }]));
  return false;
}

function tellEnd(): void {
  console.log("");
  for (const { name, isRight, seconds } of parts)
    console.log(`${isRight ? "✓" : "✗"} ${name}: ${toMinutes(seconds)}`);
  console.log(`${toMinutes((performance.now() - startedAt) / 1000)} in all`);
  if (failures.length === 0) return;
  console.log("\nWhat failed, and how to run just that:");
  for (const { title, command } of failures) console.log(`✗ ${title}\n    ${command}`);
  process.exitCode = 1;
}

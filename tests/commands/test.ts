// npm test: every check and every test that says whether a change is right. Each part runs, also after one has failed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPeer, PEERS, type PeerName } from "#tests/peers/peers.ts";
import { type Failure, listPlaywrightFailures, listSlowest, listVitestFailures } from "./failures.ts";
import { type PartResult, runPart, toMinutes } from "./run-part.ts";

const SLOWEST_SHOWN = 20;

const directory = mkdtempSync(join(tmpdir(), "bcdi-npm-test-"));
const reports = { vitest: join(directory, "vitest.json"), playwright: join(directory, "playwright.json") };
const parts: PartResult[] = [];
const failures: Failure[] = [];
try {
  const missing = (Object.keys(PEERS) as PeerName[]).filter((name) => findPeer(name) === null);
  if (missing.length > 0)
    console.log(
      `Missing: ${missing.map((name) => PEERS[name].title).join(", ")}. Run \`npm run test:prepare\` first.`,
    );
  await run("checks", ["node", "scripts/check.ts"], "npm run check");
  const isBuilt = await run("build", ["node", "scripts/build.ts", "--if-needed"], "npm run build");
  const isPrepared =
    isBuilt &&
    (await run("a first deployment", ["node", "tests/deployment/prepare.ts", directory], "npm start"));
  const variables = isPrepared ? { PREPARED_POSTGRES: join(directory, "postgres") } : undefined;
  const json = ["--reporter=default", "--reporter=json", `--outputFile.json=${reports.vitest}`];
  await run(
    "tests of the parts and of whole deployments",
    ["vitest", "run", ...json],
    "npm run test:parts",
    variables,
  );
  await run("tests in a browser", ["playwright", "test"], "npm run test:browser", {
    ...variables,
    PLAYWRIGHT_JSON_OUTPUT_FILE: reports.playwright,
  });
  console.log(`\nThe ${SLOWEST_SHOWN} slowest tests:`);
  for (const { seconds, title } of listSlowest(reports.vitest, SLOWEST_SHOWN))
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${title}`);
  tellEnd([
    ...listVitestFailures(reports.vitest),
    ...listPlaywrightFailures(reports.playwright),
    ...failures,
  ]);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Runs a part; one that fails is named at the end by the tests that it has a report of, or else by itself. */
async function run(
  name: string,
  words: readonly string[],
  command: string,
  variables: Record<string, string> = {},
): Promise<boolean> {
  console.log(`\n— ${name}`);
  const part = await runPart(name, words, variables);
  parts.push(part);
  const named = listVitestFailures(reports.vitest).length + listPlaywrightFailures(reports.playwright).length;
  const hasReport = words[0] === "vitest" || words[0] === "playwright";
  if (!part.isRight && !(hasReport && named > 0)) failures.push({ title: name, command });
  return part.isRight;
}

function tellEnd(all: readonly Failure[]): void {
  console.log("");
  for (const { name, isRight, seconds } of parts)
    console.log(`${isRight ? "✓" : "✗"} ${name}: ${toMinutes(seconds)}`);
  const whole = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`${toMinutes(whole)} in all`);
  if (parts.every(({ isRight }) => isRight)) return;
  console.log("\nWhat failed, and how to run just that:");
  for (const { title, command } of all) console.log(`✗ ${title}\n    ${command}`);
  process.exitCode = 1;
}

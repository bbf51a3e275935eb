import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildIfNeeded } from "./build.ts";
import { findOrInstallChromium } from "./find-chromium.ts";

const PROJECT_DIRECTORY = join(import.meta.dirname, "..");

// Every check and every test, in the order in which a failure is cheapest to learn of.
run("checks", ["node", join("scripts", "check.ts")]);
const chromiumPath = findOrInstallChromium();
buildIfNeeded();
run("tests of the parts and of whole deployments", ["vitest", "run"]);
run("tests in a browser", ["playwright", "test"], { CHROMIUM_PATH: chromiumPath });

function run(
  name: string,
  [program = "", ...parameters]: readonly string[],
  variables: Record<string, string> = {},
): void {
  console.log(`\n— ${name}`);
  const path = `${join(PROJECT_DIRECTORY, "node_modules", ".bin")}:${process.env.PATH}`;
  const { status } = spawnSync(program, parameters, {
    cwd: PROJECT_DIRECTORY,
    stdio: "inherit",
    env: { ...process.env, ...variables, PATH: path },
  });
  if (status !== 0) process.exit(status ?? 1);
}

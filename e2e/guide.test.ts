import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BASE_PROBLEM_CODES, REQUEST_PROBLEM_CODES } from "#contract/problem.ts";
import { STATE_CODES } from "#contract/states.ts";
import { zipOfBase } from "#tests/archives/zips.ts";
import { type Deployment, findFreePort, startDeployment } from "#tests/deployment/deployment.ts";
import { listGuideSteps, toPattern } from "./guide-script.ts";

const PROJECT_DIRECTORY = join(import.meta.dirname, "..");
const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const MARK = "----- end of block ";

const guide = readFileSync(join(PROJECT_DIRECTORY, "docs", "guide-integrateurs.md"), "utf8");
const steps = listGuideSteps(guide);

describe("the tables of the guide", () => {
  it.each(Object.entries(STATE_CODES))("tell the state %s with its code %s", (state, code) => {
    expect(guide).toContain(`| \`${state}\` | ${code} |`);
  });

  it.each([...REQUEST_PROBLEM_CODES, ...BASE_PROBLEM_CODES])("tell what to do about %s", (code) => {
    expect(guide).toContain(`| \`${code}\` |`);
  });
});

describe("the examples of the guide, run as one script", () => {
  let deployment: Deployment;
  let directory: string;
  let printed: readonly string[] = [];
  let errors = "";
  let status: number | null = null;

  beforeAll(async () => {
    const webhookPort = await findFreePort();
    deployment = await startDeployment({
      environment: {
        DELETION_GRACE_MINUTES: "0",
        WEBHOOK_SECRET,
        WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
      },
    });
    directory = mkdtempSync(join(tmpdir(), "bcdi-guide-"));
    symlinkSync(join(PROJECT_DIRECTORY, "node_modules"), join(directory, "node_modules"));
    for (const name of ["data", "travperso"])
      writeFileSync(join(directory, `${name}.zip`), await zipOfBase(name));
    for (const file of steps.flatMap((step) => step.files))
      writeFileSync(join(directory, file.name), file.content);
    ({ printed, errors, status } = await runAll(directory, {
      API: `${deployment.url}/api/v1`,
      PLATFORM_KEY: deployment.platformKey,
      WEBHOOK_SECRET,
      WEBHOOK_PORT: String(webhookPort),
    }));
  });
  afterAll(async () => {
    await deployment.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("all succeed", () => {
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
  });

  it.each(steps.map((step, index) => ({ ...step, index })))(
    "the one of line $line prints what the guide says",
    ({ index, expected }) => {
      const output = printed[index];
      expect(output, "it ran").toBeDefined();
      if (expected !== null) expect(output?.trimEnd()).toMatch(toPattern(expected));
    },
  );
});

async function runAll(directory: string, variables: Record<string, string>) {
  const script = [
    "set -euo pipefail",
    // What the guide leaves running ends with it.
    "trap 'kill $(jobs -p)' EXIT",
    ...steps.map((step, index) => `${step.script}\necho '${MARK}${index}'`),
  ].join("\n");
  const child = spawn("bash", ["-c", script], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "production", PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...variables },
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [output, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { printed: output.split(new RegExp(`${MARK}\\d+\\n`)).slice(0, -1), errors, status };
}

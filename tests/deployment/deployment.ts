import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import getPort, { portNumbers } from "get-port";

/** Not of the product's configuration: it makes the start of a process short. */
const COMPILE_CACHE = process.env.NODE_COMPILE_CACHE
  ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }
  : {};
const PROJECT_DIRECTORY = join(import.meta.dirname, "..", "..");
const START_TIMEOUT_MS = 180_000;

/** A whole deployment of the product, as built by `npm run build`, on a free port and a folder of its own. */
export interface Deployment {
  readonly url: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly platformKey: string;
  /** All that it has printed so far. */
  output(): string;
  pidOf(child: "server" | "worker"): number;
  /** Ends it as an administrator would, and takes its folder away. */
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  /** The name by which browsers reach it: another name for the same machine is another site for them. */
  readonly hostName?: "localhost" | "127.0.0.1";
  readonly port?: number;
  readonly environment?: Record<string, string>;
  /** Begins with nothing, as an administrator does, where others begin with a database that is already there. */
  readonly isFirstStart?: boolean;
}

/** Where a database lies that was made once for all: set by the test command, which makes the first start of many short. */
const { PREPARED_POSTGRES } = process.env;

export async function startDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const port = options.port ?? (await findFreePort());
  const dataDirectory = makeDataDirectory(options);
  const url = `http://${options.hostName ?? "127.0.0.1"}:${port}`;
  const printed: string[] = [];
  const child = spawn(process.execPath, [join(PROJECT_DIRECTORY, "scripts", "start.ts"), "--built"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      ...COMPILE_CACHE,
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDirectory,
      ...options.environment,
    },
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => printed.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => printed.push(text));
  const output = () => printed.join("");
  try {
    await waitUntilReady(child, url, output);
  } catch (failure) {
    await end(child, dataDirectory);
    throw failure;
  }
  return {
    url,
    port,
    dataDirectory,
    platformKey: options.environment?.PLATFORM_KEY ?? readPlatformKey(dataDirectory),
    output,
    pidOf: (name) => Number(readFileSync(join(dataDirectory, "run", `${name}.pid`), "utf8")),
    stop: () => end(child, dataDirectory),
  };
}

/** A folder for a deployment's data, in the usual place for temporary ones. */
export function makeDataDirectory({
  isFirstStart = false,
}: Pick<DeploymentOptions, "isFirstStart"> = {}): string {
  const dataDirectory = mkdtempSync(join(tmpdir(), "bcdi-deployment-"));
  if (PREPARED_POSTGRES !== undefined && !isFirstStart)
    // Not Node's own copy: PostgreSQL wants its owner and its rights.
    execFileSync("cp", ["-a", PREPARED_POSTGRES, join(dataDirectory, "postgres")]);
  return dataDirectory;
}

/** Where no database of a deployment, and no outgoing connection, looks for one. */
const FIRST_PORT = 20_000;
const PORTS_PER_PROCESS = 1_000;

/**
 * A server that is killed must find its port free again. Each process of a run has ports of its own: between finding one
 * and listening at it, no other can take it.
 */
export function findFreePort(): Promise<number> {
  const from = FIRST_PORT + numberOfProcess() * PORTS_PER_PROCESS;
  const last = from + PORTS_PER_PROCESS - 1;
  return getPort({ host: "127.0.0.1", port: portNumbers(randomInt(from, last - 100), last) });
}

/** At most nine of them run at the same time: what starts the runners, five of vitest's, three of Playwright's. */
function numberOfProcess(): number {
  const { VITEST_POOL_ID, TEST_PARALLEL_INDEX } = process.env;
  if (TEST_PARALLEL_INDEX !== undefined) return 6 + Number(TEST_PARALLEL_INDEX);
  return VITEST_POOL_ID === undefined ? 0 : Number(VITEST_POOL_ID);
}

async function waitUntilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const isReady = await fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await wait(100);
  }
  throw new Error(`the deployment did not become ready:\n${output()}`);
}

async function end(child: ChildProcess, dataDirectory: string): Promise<void> {
  const ended =
    child.exitCode === null ? new Promise<void>((resolve) => child.once("exit", () => resolve())) : undefined;
  child.kill("SIGTERM");
  await ended;
  rmSync(dataDirectory, { recursive: true, force: true });
}

function readPlatformKey(dataDirectory: string): string {
  const secrets: unknown = JSON.parse(readFileSync(join(dataDirectory, "secrets.json"), "utf8"));
  const key =
    typeof secrets === "object" && secrets && "PLATFORM_KEY" in secrets ? secrets.PLATFORM_KEY : null;
  if (typeof key !== "string") throw new Error("no platform key");
  return key;
}

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { waitUntil } from "#tests/client/wait-until.ts";

/** Not of the product's configuration: it makes the start of a process short. */
const COMPILE_CACHE = process.env.NODE_COMPILE_CACHE
  ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }
  : {};
const PROJECT_DIRECTORY = join(import.meta.dirname, "..", "..");

/** `npm start`, not waited for: for tests of how it starts, is refused and ends. */
export interface Started {
  readonly pid: number;
  /** All that it has printed so far. */
  output(): string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

export function startProcess(environment: Record<string, string>): Started {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(PROJECT_DIRECTORY, "scripts", "start.ts"), "--built"],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { NODE_ENV: "production", PATH: process.env.PATH, ...COMPILE_CACHE, ...environment },
    },
  );
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => printed.push(text));
  return {
    pid: child.pid ?? 0,
    output: () => printed.join(""),
    // Not "exit": what it printed last is still on its way then.
    ended: new Promise((resolve) =>
      child.once("close", (code, signal) => resolve(code ?? signal ?? "nothing")),
    ),
    kill: (signal) => child.kill(signal),
  };
}

/** Resolves once the deployment at this address answers that it is ready. */
export async function waitUntilReady(url: string): Promise<void> {
  const ask = () =>
    fetch(`${url}/api/health`).then(
      (answer) => (answer.ok ? true : null),
      () => null,
    );
  await waitUntil(`${url} to be ready`, ask, 120_000);
}

/** The processes that run now with this folder in their environment or their command: a deployment's, all of them. */
export function listProcessesOf(dataDirectory: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ["environ", "cmdline"].some((file) => readProc(pid, file).includes(dataDirectory)))
    .filter((pid) => !/\) Z /.test(readProc(pid, "stat")))
    .map(Number);
}

export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/\) Z /.test(readProc(String(pid), "stat"));
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}

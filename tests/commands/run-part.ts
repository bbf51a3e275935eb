import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";

export const PROJECT_DIRECTORY = join(import.meta.dirname, "..", "..");

/** Compiled modules, kept from one run to the next: most of the start of the many processes that tests start. */
const COMPILE_CACHE = join(PROJECT_DIRECTORY, "node_modules", ".cache", "compiled");

/** What a part of a test command came to. */
export interface PartResult {
  readonly name: string;
  readonly isRight: boolean;
  readonly seconds: number;
}

export interface PartOptions {
  readonly variables?: Record<string, string>;
  /** Its output is kept back until it has ended: for one that runs beside another. */
  readonly isKeptBack?: boolean;
}

/** Runs a program of the project, or of node_modules; throws only when we are asked to end, once it has ended. */
export async function runPart(
  name: string,
  [program = "", ...parameters]: readonly string[],
  { variables = {}, isKeptBack = false }: PartOptions = {},
): Promise<PartResult> {
  const startedAt = performance.now();
  const path = [join(PROJECT_DIRECTORY, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const child = spawn(program, parameters, {
    cwd: PROJECT_DIRECTORY,
    stdio: isKeptBack ? ["ignore", "pipe", "pipe"] : "inherit",
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, ...variables, PATH: path },
  });
  let askedToEnd: NodeJS.Signals | null = null;
  const endWithUs = (signal: NodeJS.Signals) => {
    askedToEnd = signal;
    child.kill(signal);
  };
  process.on("SIGTERM", endWithUs).on("SIGINT", endWithUs);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (bytes: Buffer) => printed.push(bytes));
  const [code] = await Promise.race([
    once(child, "close"),
    once(child, "error").then(([failure]) => {
      console.error(failure);
      return [1];
    }),
  ]);
  process.off("SIGTERM", endWithUs).off("SIGINT", endWithUs);
  if (isKeptBack) process.stdout.write(`\n— ${name}\n${Buffer.concat(printed).toString("utf8")}`);
  if (askedToEnd !== null) throw new Error(`${name}: ended by ${askedToEnd}`);
  return { name, isRight: code === 0, seconds: (performance.now() - startedAt) / 1000 };
}

export function toMinutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

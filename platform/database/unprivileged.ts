import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

/** An ordinary account to run PostgreSQL under when we are root, which PostgreSQL refuses. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Null when we are not root; otherwise the account `postgres`, or `nobody`. */
export function findUnprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error(
    "PostgreSQL refuses to run as root, and this machine has neither an account postgres nor nobody",
  );
}

/**
 * Runs a program under the account. When a folder above the program or the database is closed to it
 * (a checkout under /root, say), the program keeps root's right to pass closed folders, and that right only.
 */
export async function runUnprivileged(
  account: Account | null,
  paths: readonly string[],
  program: string,
  parameters: readonly string[],
): Promise<string> {
  if (!account) return (await run(program, [...parameters])).stdout;
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  const reachable = await canPass(identity, paths);
  const rights = reachable ? [] : ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const { stdout } = await run("setpriv", [...identity, ...rights, program, ...parameters], { cwd: "/" });
  return stdout;
}

async function canPass(identity: readonly string[], paths: readonly string[]): Promise<boolean> {
  try {
    for (const path of paths) await run("setpriv", [...identity, "test", "-r", path], { cwd: "/" });
    return true;
  } catch {
    return false;
  }
}

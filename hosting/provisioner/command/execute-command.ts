import { type ChildProcess, spawn } from "node:child_process";
import { childEnvironment } from "#hosting/provisioner/child-environment.ts";

const MAX_OUTPUT_CHARACTERS = 1_000_000;
const CLOSE_TIMEOUT_MS = 2_000;

export interface Ended {
  /** The exit code; in words, how else it ended. */
  readonly ending: number | string;
  readonly output: string;
  readonly errors: string;
}

// A worker that goes leaves no command behind that the next one would start beside it.
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) killGroup(child);
});

/** Runs a command by the shell, in a process group of its own that ends with it, however it ends. */
export function executeCommand({
  command,
  timeoutMs,
  input,
}: {
  command: string;
  timeoutMs: number;
  input: string;
}): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const env = childEnvironment();
  const child = spawn(command, { shell: true, stdio: ["pipe", "pipe", "pipe"], detached: true, env });
  running.add(child);
  let [output, errors] = ["", ""];
  let ending: number | string | null = null;
  const timer = setTimeout(() => {
    ending = `no end after ${timeoutMs} ms`;
    killGroup(child);
  }, timeoutMs);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(0, MAX_OUTPUT_CHARACTERS);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-MAX_OUTPUT_CHARACTERS);
  });
  // A command may end without reading its input.
  child.stdin.on("error", () => {});
  child.on("error", (failure) => {
    ending ??= failure.message;
  });
  child.on("exit", (code, signal) => {
    ending ??= code ?? signal ?? "nothing";
    clearTimeout(timer);
    running.delete(child);
    // What it left running would go on beside the next operation. Its number is not given anew while it bears a group.
    killGroup(child);
    // Something that left the group may hold its outputs open.
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, CLOSE_TIMEOUT_MS).unref();
  });
  child.on("close", (code) => {
    clearTimeout(timer);
    running.delete(child);
    resolve({ ending: ending ?? code ?? "nothing", output, errors: errors.trim() });
  });
  child.stdin.end(input);
  return promise;
}

function killGroup(child: ChildProcess): void {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}

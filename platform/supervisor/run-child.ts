import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { EXIT_ADDRESS_IN_USE, EXIT_CONFIGURATION } from "./child.ts";

const SHORTEST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;

export interface SupervisedChild {
  /** Asks it to go and waits until it has; it is not started again. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly script: string;
  readonly execArgv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Told each process that is started. */
  readonly onStarted: (pid: number) => void;
  /** Called when it ended in a way that starting it again would not mend. */
  readonly onHopeless: (exitCode: number) => void;
}

/** Keeps a process running: when it dies it is started again, at once if it was ready, otherwise ever later. */
export function runChild(options: ChildOptions): SupervisedChild {
  let child: ChildProcess | null = null;
  let isStopping = false;
  const leaving = new AbortController();

  const loop = (async () => {
    let delayMs = SHORTEST_DELAY_MS;
    let wasEverReady = false;
    while (!isStopping) {
      let wasReady = false;
      const { script, execArgv, environment } = options;
      child = fork(script, [], { execArgv: [...execArgv], env: environment, stdio: "inherit" });
      child.once("message", () => {
        wasReady = true;
        wasEverReady = true;
      });
      if (child.pid) options.onStarted(child.pid);
      const code = await ended(child);
      if (isStopping) return;
      // An address that was ours once, and that somebody took while it was free, comes back.
      const isHopeless = code === EXIT_CONFIGURATION || (code === EXIT_ADDRESS_IN_USE && !wasEverReady);
      if (isHopeless) return options.onHopeless(code);
      delayMs = wasReady ? SHORTEST_DELAY_MS : Math.min(delayMs * 2, LONGEST_DELAY_MS);
      await wait(delayMs, null, { signal: leaving.signal }).catch(() => null);
    }
  })();

  return {
    stop: async () => {
      isStopping = true;
      leaving.abort();
      child?.kill("SIGTERM");
      await loop;
    },
  };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", () => resolve(null));
  });
}

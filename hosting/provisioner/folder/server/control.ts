import type { InstancePaths } from "#hosting/provisioner/folder/paths.ts";
import { ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { answersAt, waitUntil } from "./answers.ts";
import { boundLog } from "./bound-log.ts";
import { isRunning, readLogTail, startProcess, stopProcess } from "./server-process.ts";

export interface ServerOptions {
  /** Run by the shell in the instance's folder, with PORT, RNE, INSTANCE_DIR and BCDI_INI in its environment. */
  readonly command: string;
  /** How long it may take before its port answers. */
  readonly startTimeoutMs: number;
  /** How long a running server may leave a connection unanswered before it is taken for stuck. */
  readonly silenceTimeoutMs: number;
  /** How long it may take to end when asked, before it is killed. */
  readonly stopTimeoutMs: number;
}

export const SERVER_TIMEOUTS: Omit<ServerOptions, "command"> = {
  startTimeoutMs: 60_000,
  silenceTimeoutMs: 10_000,
  stopTimeoutMs: 10_000,
};

export interface ServerControl {
  /** Resolves once the server's port answers; one that runs and answers is left alone. */
  start(paths: InstancePaths, rne: string, port: number): Promise<void>;
  stop(paths: InstancePaths): Promise<void>;
  /** Whether it runs and answers; keeps its log within bounds besides, since it is asked all the time. */
  checkUp(paths: InstancePaths, port: number): Promise<boolean>;
}

/** BCDI's server as a program of this machine. */
export function createServerControl(options: ServerOptions): ServerControl {
  const { command, startTimeoutMs, silenceTimeoutMs, stopTimeoutMs } = options;
  const isAnswering = async (paths: InstancePaths, port: number) =>
    (await isRunning(paths)) && (await answersAt(port));

  return {
    checkUp: async (paths, port) => {
      // A log that cannot be bounded does not make a server that answers one that does not.
      await boundLog(paths).catch(() => {});
      return isAnswering(paths, port);
    },
    stop: (paths) => stopProcess(paths, stopTimeoutMs),
    start: async (paths, rne, port) => {
      if (await isRunning(paths)) {
        if (await waitUntil(() => isAnswering(paths, port), silenceTimeoutMs)) return;
      }
      await stopProcess(paths, stopTimeoutMs);
      if (await answersAt(port))
        throw new ProvisionerFailure(`port ${port} is taken by another program`, { isTransient: true });
      const variables = { PORT: String(port), RNE: rne, INSTANCE_DIR: paths.root, BCDI_INI: paths.ini };
      await startProcess(paths, command, variables);
      let isDead = false;
      const isSettled = async () => {
        isDead = !(await isRunning(paths));
        return isDead || (await answersAt(port));
      };
      if ((await waitUntil(isSettled, startTimeoutMs)) && !isDead) return;
      await stopProcess(paths, stopTimeoutMs);
      const why = isDead ? "ended by itself" : `did not answer at port ${port} within ${startTimeoutMs} ms`;
      const output = `the server ${why}\n${await readLogTail(paths)}`;
      throw new ProvisionerFailure(`the server of ${rne} ${why}`, { isTransient: true, output });
    },
  };
}

/** Without a command, the server is someone else's to start: nothing runs here. */
export const NO_SERVER: ServerControl = {
  start: async () => {},
  stop: async () => {},
  checkUp: async () => true,
};

import { spawn } from "node:child_process";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { z } from "zod";
import { childEnvironment } from "#hosting/provisioner/child-environment.ts";
import { encodeJson, findJson } from "#hosting/provisioner/folder/json-file.ts";
import type { InstancePaths } from "#hosting/provisioner/folder/paths.ts";
import { writeDurably } from "#hosting/provisioner/folder/write-durably.ts";
import { ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { failureCode } from "#platform/failure.ts";
import { waitUntil } from "./answers.ts";
import { findProcessMark } from "./process-mark.ts";

const ProcessSchema = z.object({ pid: z.number().int().positive(), mark: z.string(), startedAt: z.string() });
type RecordedProcess = z.infer<typeof ProcessSchema>;

// Waits for a word before it becomes the server, so that no server runs that is not recorded; without one, it ends.
const WAIT_FOR_WORD = 'read -r word && [ "$word" = go ] && exec sh -c "$1" </dev/null';
const AFTER_KILL_TIMEOUT_MS = 5_000;

const find = (paths: InstancePaths) => findJson(paths.server, ProcessSchema);

/** Whether the instance's own server runs: not another process that was given its number since. */
export async function isRunning(paths: InstancePaths): Promise<boolean> {
  const recorded = await find(paths);
  return recorded !== null && (await findProcessMark(recorded.pid)) === recorded.mark;
}

/** Starts the command in a process group of its own, which outlives this process; its output goes to a file. */
export async function startProcess(
  paths: InstancePaths,
  command: string,
  variables: Record<string, string>,
): Promise<void> {
  await rename(paths.serverLog, `${paths.serverLog}.1`).catch(() => {});
  const log = await open(paths.serverLog, "a", 0o600);
  try {
    const child = spawn("/bin/sh", ["-c", WAIT_FOR_WORD, "sh", command], {
      cwd: paths.root,
      env: childEnvironment(variables),
      detached: true,
      stdio: ["pipe", log.fd, log.fd],
    });
    const started = Promise.withResolvers<void>();
    child.once("spawn", started.resolve);
    child.once("error", started.reject);
    child.stdin?.on("error", () => {});
    await started.promise;
    const pid = child.pid ?? 0;
    const mark = await findProcessMark(pid);
    if (!mark) throw new ProvisionerFailure("the server ended before it began", { isTransient: true });
    await writeDurably(paths.server, encodeJson({ pid, mark, startedAt: new Date().toISOString() }));
    child.stdin?.end("go\n");
    child.unref();
  } finally {
    await log.close();
  }
}

/** Ends the server with everything that it started: asked to, then without asking. */
export async function stopProcess(paths: InstancePaths, graceMs: number): Promise<void> {
  const recorded = await find(paths);
  if (recorded && (await isGroupOurs(recorded))) {
    const isGone = async () => !signalGroup(recorded.pid, 0) || !(await isGroupOurs(recorded));
    signalGroup(recorded.pid, "SIGTERM");
    if (!(await waitUntil(isGone, graceMs))) {
      signalGroup(recorded.pid, "SIGKILL");
      await waitUntil(isGone, AFTER_KILL_TIMEOUT_MS);
      // What is still in the group then is dead, and waits for a parent that does not look.
      if ((await findProcessMark(recorded.pid)) === recorded.mark)
        throw new ProvisionerFailure(`process ${recorded.pid} cannot be ended`, { isTransient: true });
    }
  }
  await rm(paths.server, { force: true });
}

/** A number is not given anew while a group bears it: a group without its first process is still the recorded one. */
async function isGroupOurs({ pid, mark }: RecordedProcess): Promise<boolean> {
  const found = await findProcessMark(pid);
  return found === mark || (found === null && (await isOfThisBoot(mark)) && signalGroup(pid, 0));
}

async function isOfThisBoot(mark: string): Promise<boolean> {
  const own = await findProcessMark(process.pid);
  return process.platform !== "linux" || own?.split(" ")[0] === mark.split(" ")[0];
}

/** False when nothing of the group is left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (failure) {
    if (failureCode(failure) === "ESRCH") return false;
    throw failure;
  }
}

const TAIL_BYTES = 4_096;

/** The end of what the server printed. */
export async function readLogTail({ serverLog }: InstancePaths): Promise<string> {
  let log: FileHandle | null = null;
  try {
    log = await open(serverLog, "r");
    const { size } = await log.stat();
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const { bytesRead } = await log.read(buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8", 0, bytesRead).trim();
  } catch {
    return "";
  } finally {
    await log?.close();
  }
}

import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { failureCode } from "#platform/failure.ts";

/** Thrown when another supervisor serves this DATA_DIR. */
export class AlreadyRunning extends Error {}

/** Claims DATA_DIR for this process; returns how to let go. What a killed process left is taken over. */
export function claimDataDirectory(dataDirectory: string): () => void {
  mkdirSync(dataDirectory, { recursive: true });
  const path = join(dataDirectory, "supervisor.pid");
  for (;;) {
    try {
      const file = openSync(path, "wx", 0o600);
      writeSync(file, `${process.pid} ${startTime(process.pid)}`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (failure) {
      if (failureCode(failure) !== "EEXIST") throw failure;
      const [pid = "", startedAt = ""] = readFileSync(path, "utf8").split(" ");
      if (startedAt !== "" && startTime(Number(pid)) === startedAt) {
        throw new AlreadyRunning(`It is already running on ${dataDirectory} (process ${pid}).`);
      }
      rmSync(path, { force: true });
    }
  }
}

/** Tells a process from a later one that got the same number; empty when there is none. */
function startTime(pid: number): string {
  try {
    // The process's name, in parentheses, may hold spaces: count the fields after it.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? "";
  } catch {
    return isRunning(pid) ? "running" : "";
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (failure) {
    return failureCode(failure) === "EPERM";
  }
}

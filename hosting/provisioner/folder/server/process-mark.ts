import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { failureCode } from "#platform/failure.ts";

/**
 * Tells a process from every other that bears, or will bear, its number: when it started, and in which run of which
 * machine. Null when it does not run.
 */
export async function findProcessMark(pid: number): Promise<string | null> {
  return process.platform === "linux" ? markOfLinux(pid) : markOfOthers(pid);
}

async function markOfLinux(pid: number): Promise<string | null> {
  try {
    const [boot, status] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The second field is the program's name in parentheses and may hold anything; the third is the state.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    const [state, startedAtTicks] = [fields[0], fields[19]];
    return state === "Z" || state === "X" ? null : `${boot.trim()} ${startedAtTicks}`;
  } catch (failure) {
    if (["ENOENT", "ESRCH"].includes(failureCode(failure) ?? "")) return null;
    throw failure;
  }
}

async function markOfOthers(pid: number): Promise<string | null> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=,stat=", "-p", String(pid)]).catch(
    () => ({ stdout: "" }),
  );
  const [, startedAt, state] = /^(.*\S)\s+(\S+)\s*$/.exec(stdout.trim()) ?? [];
  return !startedAt || state?.startsWith("Z") ? null : startedAt;
}

import { readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second here, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor, user and system, that a process has used in all its threads. */
export function processorSeconds(pid: number): number {
  // The process's name, in parentheses, may hold spaces: count the fields after it.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

export interface Memory {
  readonly residentBytes: number;
  /** The most that it ever was, or was since `forgetPeak`. */
  readonly peakBytes: number;
}

export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
  return { residentBytes: read("VmRSS"), peakBytes: read("VmHWM") };
}

import { type ChildProcess, fork } from "node:child_process";
import { rm, stat } from "node:fs/promises";
import { getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";
import type { CheckArchiveOptions, CheckedArchive } from "./check.ts";
import { type CheckAnswer, CheckAnswerSchema } from "./check-messages.ts";
import type { CheckRequest } from "./check-request.ts";
import { type ChildLimits, DEFAULT_CHILD_LIMITS } from "./limits.ts";
import { ArchiveRejected } from "./rejected.ts";

const MIB = 1024 * 1024;
const MAX_STDERR_CHARACTERS = 8_192;
// They reach a whole process group when it is this program that has to end: no fault of the file.
const REQUESTS_TO_END: NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGHUP"];

export interface CheckInChildOptions extends CheckArchiveOptions {
  childLimits?: Partial<ChildLimits>;
  /** Stops the child; the promise then rejects with an error that is not the file's fault. */
  signal?: AbortSignal;
}

/** The check ended for a reason that is not in the file: worth trying again. */
export class ArchiveCheckInterrupted extends Error {
  /** The failed system call's code (ENOSPC, EIO…), if there was one. */
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.name = "ArchiveCheckInterrupted";
    this.code = code;
  }
}

type Ending =
  | CheckAnswer
  | { outcome: "timed_out" }
  | { outcome: "struck_down"; how: string }
  | { outcome: "died"; how: string; isOutOfMemory: boolean };

// A first death by a signal may be the machine's doing (its memory, another process); a second one is the file's.
const MAX_DEATHS = 2;

/**
 * `checkArchive` in a process of its own, stopped when it takes too much memory or time. A file that strikes it down
 * twice is rejected: it would go on doing so.
 */
export async function checkArchiveInChild(options: CheckInChildOptions): Promise<CheckedArchive> {
  const { childLimits, signal, ...checkOptions } = options;
  const { extractTo } = checkOptions;
  const limits = { ...DEFAULT_CHILD_LIMITS, ...childLimits };
  if (extractTo !== undefined) await assertAbsent(extractTo);

  for (let deaths = 1; ; deaths += 1) {
    if (signal?.aborted) throw new ArchiveCheckInterrupted("stopped on request", null);
    const request = { options: checkOptions, maxRssBytes: limits.memoryMib * MIB };
    const ending = await runChild(startChild(limits), request, limits, signal);
    if (ending.outcome === "checked") return ending.archive;
    // A child that was stopped could not tidy up.
    if (extractTo !== undefined) await rm(extractTo, { recursive: true, force: true });
    if (ending.outcome !== "struck_down" || deaths === MAX_DEATHS) throw toError(ending, limits);
  }
}

function startChild(limits: ChildLimits): ChildProcess {
  return fork(fileURLToPath(new URL("./child.ts", import.meta.url)), [], {
    // The heap holds the directory only; file contents live outside it.
    execArgv: [
      `--max-old-space-size=${Math.ceil(limits.memoryMib / 2)}`,
      "--disable-warning=ExperimentalWarning",
    ],
    // Nothing else is inherited. The cache saves most of the child's start, where the worker keeps one.
    env: { NODE_ENV: "production", UV_THREADPOOL_SIZE: "8", NODE_COMPILE_CACHE: getCompileCacheDir() },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

function runChild(
  child: ChildProcess,
  request: CheckRequest,
  limits: ChildLimits,
  signal: AbortSignal | undefined,
): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  let ending: Ending | null = null;
  let errors = "";
  const stop = (reason: Ending) => {
    ending ??= reason;
    child.kill("SIGKILL");
  };
  const timer = setTimeout(() => stop({ outcome: "timed_out" }), limits.timeoutMs);
  const onAbort = () => stop({ outcome: "died", how: "stopped on request", isOutOfMemory: false });
  signal?.addEventListener("abort", onAbort);

  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-MAX_STDERR_CHARACTERS);
  });
  child.once("message", (message) => {
    const answer = CheckAnswerSchema.safeParse(message);
    ending ??= answer.success
      ? answer.data
      : { outcome: "died", how: "unreadable answer", isOutOfMemory: false };
  });
  child.once("error", (error) => stop({ outcome: "died", how: error.message, isOutOfMemory: false }));
  child.once("close", (code, killedBy) => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    const how = `${killedBy ?? `exit ${code}`} ${errors.trim().slice(-500)}`;
    const isOutOfMemory = errors.includes("heap out of memory");
    const isStruckDown = killedBy !== null && !REQUESTS_TO_END.includes(killedBy) && !isOutOfMemory;
    resolve(
      ending ?? (isStruckDown ? { outcome: "struck_down", how } : { outcome: "died", how, isOutOfMemory }),
    );
  });
  child.send(request, () => undefined);
  return promise;
}

function toError(ending: Exclude<Ending, { outcome: "checked" }>, limits: ChildLimits): Error {
  switch (ending.outcome) {
    case "rejected":
      return new ArchiveRejected(ending.code, ending.detail, ending.logDetail);
    case "failed":
      return new ArchiveCheckInterrupted(ending.message, ending.code);
    case "timed_out":
      return tooCostly(`not checked after ${limits.timeoutMs} ms`);
    case "memory_exceeded":
      return tooCostly(`more than ${limits.memoryMib} MiB of memory`);
    case "struck_down":
      return tooCostly(`the check was killed twice: ${ending.how}`);
    case "died":
      return ending.isOutOfMemory ? tooCostly(ending.how) : new ArchiveCheckInterrupted(ending.how, null);
  }
}

function tooCostly(logDetail: string): ArchiveRejected {
  return new ArchiveRejected(
    "archive_bomb",
    "La lecture de l’archive a demandé des moyens démesurés\u202f: ce ne peut pas être une base BCDI ordinaire.",
    logDetail,
  );
}

async function assertAbsent(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found !== null) throw new ArchiveCheckInterrupted(`${path} exists already`, "EEXIST");
}

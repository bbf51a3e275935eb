import type { findProblem } from "./wire.ts";

/** Why a file, or the whole page, waits before it tries again. */
export type WaitReason =
  | "network"
  | "offline"
  | "server"
  | "busy"
  | "stalled"
  | "locked"
  | "offset"
  | "disk_full"
  | "not_open";

/** Why a file is no longer sent until somebody does something. `detail` is French, from the server. */
export type StopCode =
  | "access_lost"
  | "file_changed"
  | "file_too_large"
  | "too_many_files"
  | "gone"
  | "proxy_limit"
  | "refused";

export type Stop = { code: StopCode; detail: string | null };

/** A request that did not succeed. `status` is null when no answer came. */
export type Failure = {
  status: number | null;
  problem: ReturnType<typeof findProblem>;
  retryAfterMs: number | null;
  method: string;
  stalled?: boolean;
};

/** What to do about a failure; `smaller` asks for smaller requests, `override` for POST in place of PATCH. */
export type Remedy =
  | { kind: "again"; smaller?: boolean; override?: boolean }
  | { kind: "renew_access" }
  | { kind: "wait"; reason: WaitReason; delayMs: number | null; smaller?: boolean }
  | { kind: "stop"; stop: Stop };

/** Thrown for an answer that refuses, or for no answer at all. */
export class RequestFailedError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`request failed: ${failure.method} ${failure.status ?? "no answer"}`);
    this.name = "RequestFailedError";
    this.failure = failure;
  }
}

function stop(code: StopCode, failure: Failure): Remedy {
  return { kind: "stop", stop: { code, detail: failure.problem?.detail ?? null } };
}

function wait(reason: WaitReason, failure: Failure, smaller = false): Remedy {
  return { kind: "wait", reason, delayMs: failure.retryAfterMs, ...(smaller ? { smaller } : {}) };
}

/** Chooses the remedy of a failure. Nothing here counts attempts: the caller spaces them out. */
export function chooseRemedy(failure: Failure): Remedy {
  const { status, problem } = failure;
  if (failure.stalled) return wait("stalled", failure, true);
  if (status === null) return wait("network", failure);
  switch (status) {
    case 401:
      return { kind: "renew_access" };
    case 404:
    case 410:
      // A 404 without a problem document comes from something in between, not from the application.
      return problem || failure.method === "HEAD" ? stop("gone", failure) : wait("server", failure);
    case 408:
    case 504:
      return wait("server", failure, true);
    case 409:
      return chooseConflictRemedy(failure);
    case 413:
      return chooseSizeRemedy(failure);
    case 423:
      return wait("locked", failure);
    case 429:
      return wait("busy", failure);
    case 507:
      return wait("disk_full", failure);
  }
  if (failure.method === "PATCH" && !problem && [400, 403, 405, 501].includes(status)) {
    return { kind: "again", override: true };
  }
  if (status >= 500 || problem?.retryable) return wait("server", failure);
  return stop("refused", failure);
}

function chooseConflictRemedy(failure: Failure): Remedy {
  const code = failure.problem?.code;
  if (code === "upload_locked") return wait("locked", failure);
  if (code === "state_conflict") {
    return failure.retryAfterMs === null ? stop("refused", failure) : wait("not_open", failure);
  }
  if (code === "offset_conflict" || failure.method === "PATCH") return wait("offset", failure);
  return failure.problem?.retryable ? wait("server", failure) : stop("refused", failure);
}

function chooseSizeRemedy(failure: Failure): Remedy {
  const code = failure.problem?.code;
  if (code === "file_too_large" || code === "too_many_files") return stop(code, failure);
  return failure.method === "PATCH" ? { kind: "again", smaller: true } : stop("refused", failure);
}

/** Reads `Retry-After` (seconds or a date) as a delay, at most ten minutes. */
export function parseRetryAfterMs(header: string | null | undefined, nowMs: number): number | null {
  if (!header) return null;
  const delayMs = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(delayMs) ? Math.min(Math.max(delayMs, 0), 600_000) : null;
}

const BACKOFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/** The delay before attempt number `attempt` (from 1), spread by up to a fifth so that schools do not come back as one. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const baseMs = BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length) - 1] ?? 30_000;
  return Math.round(baseMs * (0.8 + 0.2 * random()));
}

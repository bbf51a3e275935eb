import type { FieldError, ProblemDocument } from "#contract/problem.ts";

/** HOSTING answered, and said no. `problem.detail` is French and fit to show. */
export class HostingRefused extends Error {
  readonly status: number;
  readonly problem: ProblemDocument;

  constructor(status: number, problem: ProblemDocument) {
    super(`the host refused: ${status} ${problem.code} (${problem.reference})`);
    this.name = "HostingRefused";
    this.status = status;
    this.problem = problem;
  }

  get fieldErrors(): readonly FieldError[] {
    return this.problem.errors ?? [];
  }
}

/** No usable answer: the network, a 5xx, a 429, or an answer that is not the contract's. Worth trying again. */
export class HostingUnavailable extends Error {
  /** When the host itself said how long to wait. */
  readonly retryAfterMs: number | null;

  constructor(reason: string, retryAfterMs: number | null = null, cause?: unknown) {
    super(`the host is unavailable: ${reason}`, { cause });
    this.name = "HostingUnavailable";
    this.retryAfterMs = retryAfterMs;
  }
}

/** Something answers at HOSTING_URL that does not speak the contract: the address is wrong. */
export class HostingMisaddressed extends Error {
  readonly status: number;

  constructor(status: number, url: string) {
    super(`${url} answered ${status} without a problem document: HOSTING_URL is probably wrong`);
    this.name = "HostingMisaddressed";
    this.status = status;
  }
}

// By name: server.ts makes the client and Next bundles the verbs apart from it, so each has its own copy of a class.

export function isHostingRefused(failure: unknown): failure is HostingRefused {
  return failure instanceof Error && failure.name === "HostingRefused";
}

export function isHostingUnavailable(failure: unknown): failure is HostingUnavailable {
  return failure instanceof Error && failure.name === "HostingUnavailable";
}

export function isHostingMisaddressed(failure: unknown): failure is HostingMisaddressed {
  return failure instanceof Error && failure.name === "HostingMisaddressed";
}

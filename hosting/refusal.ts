import type { FieldError, RequestProblemCode } from "#contract/problem.ts";

/**
 * A request that cannot be granted. `detail` is French and fit to show; it never carries a cause: what went wrong
 * inside goes to the log.
 */
export class Refusal extends Error {
  readonly code: RequestProblemCode;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RequestProblemCode,
    options: { detail?: string; errors?: readonly FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(options.detail ? `${code}: ${options.detail}` : code);
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

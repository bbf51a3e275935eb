import { expect } from "vitest";
import { PROBLEM_MEDIA_TYPE, type ProblemDocument, ProblemDocumentSchema } from "#contract/problem.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface CallOptions {
  /** Sent as `Authorization: Bearer …`. */
  readonly key?: string;
  readonly json?: unknown;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

/** One call on HOSTING's API; `path` begins after `/api/v1`. */
export async function call(
  server: { readonly url: string },
  method: string,
  path: string,
  { key, json, body, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body:
      json === undefined
        ? typeof body === "object"
          ? new Uint8Array(body)
          : (body ?? null)
        : JSON.stringify(json),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** A cause, a path or an English sentence that has come through to a reader. */
const LEAKS = [
  /\n\s*at /,
  /\/(work|tmp|home|api|node_modules)\b/,
  /\.[cm]?[jt]sx?\b/,
  /prisma|postgres|\bsql\b|zod/i,
  /\b(the|is|was|must|should|invalid|required|expected|error|failed|cannot|not|of|too|string|number|undefined|null)\b/i,
];

/** The answer is a problem document with this status and code, fit to be shown to a French reader. */
export function expectProblem(answer: Answer, status: number, code: string): ProblemDocument {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get("content-type")).toBe(PROBLEM_MEDIA_TYPE);
  const problem = ProblemDocumentSchema.parse(JSON.parse(answer.text));
  expect(problem).toMatchObject({ status, code });
  expect(problem.reference).not.toBe("");
  const texts = [problem.title, problem.detail, ...(problem.errors ?? []).map((error) => error.detail)];
  for (const text of texts) {
    for (const leak of LEAKS) expect(text).not.toMatch(leak);
    // A French reader's apostrophe, and no breaking space before a double sign.
    expect(text).not.toMatch(/'|[^\u202f\u00a0 ][;?!]| [:;?!»]/);
  }
  expect(problem.detail).toMatch(/[.…!?]$/);
  return problem;
}

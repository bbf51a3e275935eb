import { expect } from "vitest";
import { PROBLEM_MEDIA_TYPE, type ProblemDocument, ProblemDocumentSchema } from "#contract/problem.ts";
import type { Answer } from "./http-connection.ts";

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

import { expect, test } from "vitest";
import { backoffMs, chooseRemedy, type Failure, parseRetryAfterMs } from "./failure.ts";

const failure = (status: number | null, more: Partial<Failure> = {}): Failure => ({
  status,
  problem: null,
  retryAfterMs: null,
  method: "PATCH",
  ...more,
});
const problem = (code: string, retryable = false) => ({
  title: "T",
  detail: "D",
  code,
  retryable,
  reference: "R",
});

test.each([null, 408, 409, 423, 429, 500, 502, 503, 504, 507])("%s is waited for, not given up", (status) => {
  expect(chooseRemedy(failure(status)).kind).toBe("wait");
});

test("Retry-After decides the delay", () => {
  expect(chooseRemedy(failure(503, { retryAfterMs: 7_000 }))).toMatchObject({ kind: "wait", delayMs: 7_000 });
});

test("a 401 asks for a renewed access", () => {
  expect(chooseRemedy(failure(401))).toEqual({ kind: "renew_access" });
});

test("a 413 of a proxy makes the requests smaller; the server's own stops the file with its sentence", () => {
  expect(chooseRemedy(failure(413))).toEqual({ kind: "again", smaller: true });
  expect(chooseRemedy(failure(413, { problem: problem("file_too_large") }))).toEqual({
    kind: "stop",
    stop: { code: "file_too_large", detail: "D" },
  });
});

test("a method that a proxy refuses is sent in another way; a refusal of the server is not", () => {
  expect(chooseRemedy(failure(405))).toEqual({ kind: "again", override: true });
  expect(chooseRemedy(failure(403, { problem: problem("invalid_request") })).kind).toBe("stop");
});

test("a file that is gone stops; a 404 from something in between is waited for", () => {
  expect(chooseRemedy(failure(404, { problem: problem("not_found") }))).toMatchObject({
    stop: { code: "gone" },
  });
  expect(chooseRemedy(failure(404, { method: "HEAD" }))).toMatchObject({ stop: { code: "gone" } });
  expect(chooseRemedy(failure(404)).kind).toBe("wait");
});

test("a state that forbids the deposit stops, unless the server says when to come back", () => {
  const conflict = { problem: problem("state_conflict"), method: "POST" };
  expect(chooseRemedy(failure(409, conflict)).kind).toBe("stop");
  expect(chooseRemedy(failure(409, { ...conflict, retryAfterMs: 60_000 }))).toMatchObject({
    reason: "not_open",
  });
});

test("Retry-After is read as seconds or as a date, and bounded", () => {
  const nowMs = Date.parse("2026-11-23T10:00:00Z");
  expect(parseRetryAfterMs("12", nowMs)).toBe(12_000);
  expect(parseRetryAfterMs("Mon, 23 Nov 2026 10:00:30 GMT", nowMs)).toBe(30_000);
  expect(parseRetryAfterMs("999999", nowMs)).toBe(600_000);
  expect(parseRetryAfterMs("soon", nowMs)).toBeNull();
  expect(parseRetryAfterMs(null, nowMs)).toBeNull();
});

test("the delays grow to 30 seconds and never beyond", () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, () => 1));
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000]);
  expect(backoffMs(6, () => 0)).toBe(24_000);
});

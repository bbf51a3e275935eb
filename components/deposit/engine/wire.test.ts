import { expect, test } from "vitest";
import { DepositSchema, UploadTokenSchema } from "#contract/deposit.ts";
import { ProblemDocumentSchema } from "#contract/problem.ts";
import {
  findCompletionDate,
  findProblem,
  readDeposit,
  readUploadToken,
  UnreadableAnswerError,
} from "./wire.ts";

const incident = {
  code: "truncated",
  title: "Archive incomplète",
  detail: "La fin manque.",
  action: "replace_file",
  retryable: false,
  reference: "ABC",
};
const deposit = {
  files: [
    {
      id: "3f0e0f6e-0000-4000-8000-000000000000",
      role: "main",
      name: "data",
      fileName: "data.zip",
      size: 10,
      received: 10,
      sha256: null,
      status: "rejected",
      problem: incident,
      identity: "ab".repeat(32),
      lastActivityAt: "2026-11-23T10:05:00.000Z",
    },
  ],
  complete: false,
  problems: [incident],
};

test("a deposit is read as the contract reads it", () => {
  expect(readDeposit(deposit)).toEqual(DepositSchema.parse(deposit));
});

test.each([
  null,
  [],
  {},
  { ...deposit, complete: "no" },
  { ...deposit, files: [{ ...deposit.files[0], status: "lost" }] },
  { ...deposit, files: [{ ...deposit.files[0], size: "10" }] },
])("a deposit that the contract refuses is refused (%#)", (document) => {
  expect(DepositSchema.safeParse(document).success).toBe(false);
  expect(() => readDeposit(document)).toThrow(UnreadableAnswerError);
});

test("an upload token is read as the contract reads it", () => {
  const token = {
    token: "t",
    expiresAt: "2026-11-23T10:05:00.000Z",
    embedUrl: "https://example.org/embed/upload",
  };
  expect(UploadTokenSchema.parse(token)).toMatchObject(readUploadToken(token));
});

test("a problem document is found, and a proxy's page is not one", () => {
  const problem = { type: "about:blank", title: "T", status: 413, detail: "D", code: "file_too_large" };
  const document = { ...problem, retryable: false, reference: "R" };
  expect(ProblemDocumentSchema.parse(document)).toMatchObject(findProblem(document) ?? {});
  expect(findProblem("<html>")).toBeNull();
  expect(findProblem({ error: "x" })).toBeNull();
});

test("the completion's date is the last time the deposit was handed over", () => {
  const history = [
    { state: "BCDIDBUPLOADED", at: "2026-11-01T00:00:00.000Z" },
    { state: "BCDIUPLOADEDERROR", at: "2026-11-02T00:00:00.000Z" },
    { state: "BCDIDBUPLOADED", at: "2026-11-03T00:00:00.000Z" },
  ];
  expect(findCompletionDate({ history })).toBe("2026-11-03T00:00:00.000Z");
  expect(findCompletionDate({ history: [] })).toBeNull();
});

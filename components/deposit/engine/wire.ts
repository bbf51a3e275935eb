import type { Deposit, DepositFile, UploadToken } from "#contract/deposit.ts";
import type { IncidentProblem, ProblemDocument } from "#contract/problem.ts";

// Hand-written narrowing of the few fields that the page reads: the contract's schemas would add zod (about
// 20 kB compressed) to the page. The tests feed both with the same documents.

/** The server's answer has not the shape that the contract promises. */
export class UnreadableAnswerError extends Error {
  constructor(what: string) {
    super(`unreadable answer: ${what}`);
    this.name = "UnreadableAnswerError";
  }
}

type Fields = { readonly [name: string]: unknown };

function readFields(value: unknown, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UnreadableAnswerError(what);
  return Object.fromEntries(Object.entries(value));
}

function readText(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw new UnreadableAnswerError(name);
  return value;
}

function readNullableText(fields: Fields, name: string): string | null {
  return fields[name] === null || fields[name] === undefined ? null : readText(fields, name);
}

function readCount(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new UnreadableAnswerError(name);
  return value;
}

function readFlag(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value !== "boolean") throw new UnreadableAnswerError(name);
  return value;
}

function readOneOf<T extends string>(fields: Fields, name: string, allowed: readonly T[]): T {
  const value = fields[name];
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UnreadableAnswerError(name);
  return found;
}

function readList<T>(fields: Fields, name: string, readItem: (item: unknown) => T): T[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new UnreadableAnswerError(name);
  return value.map((item: unknown) => readItem(item));
}

function readIncident(value: unknown): IncidentProblem {
  const fields = readFields(value, "problem");
  return {
    code: readText(fields, "code"),
    title: readText(fields, "title"),
    detail: readText(fields, "detail"),
    action: readOneOf(fields, "action", ["replace_file", "retry", "wait", "contact"]),
    retryable: readFlag(fields, "retryable"),
    reference: readText(fields, "reference"),
  };
}

function readDepositFile(value: unknown): DepositFile {
  const fields = readFields(value, "file");
  return {
    id: readText(fields, "id"),
    role: readOneOf(fields, "role", ["main", "secondary"]),
    name: readNullableText(fields, "name"),
    fileName: readText(fields, "fileName"),
    size: readCount(fields, "size"),
    received: readCount(fields, "received"),
    sha256: readNullableText(fields, "sha256"),
    status: readOneOf(fields, "status", ["receiving", "received", "mounted", "rejected"]),
    problem: fields.problem === null || fields.problem === undefined ? null : readIncident(fields.problem),
    identity: readNullableText(fields, "identity")?.toLowerCase() ?? null,
    lastActivityAt: readText(fields, "lastActivityAt"),
  };
}

/** Reads the answer of `GET /deposit`. */
export function readDeposit(value: unknown): Deposit {
  const fields = readFields(value, "deposit");
  return {
    files: readList(fields, "files", readDepositFile),
    complete: readFlag(fields, "complete"),
    problems: readList(fields, "problems", readIncident),
  };
}

/** Reads the answer of `POST /upload-tokens`. */
export function readUploadToken(value: unknown): Pick<UploadToken, "token" | "expiresAt"> {
  const fields = readFields(value, "token");
  return { token: readText(fields, "token"), expiresAt: readText(fields, "expiresAt") };
}

/** When the deposit was completed, out of the view that `POST /deposit/complete` answers; null when not told. */
export function findCompletionDate(view: unknown): string | null {
  const fields = readFields(view, "view");
  const steps = readList(fields, "history", (step) => {
    const { state, at } = readFields(step, "history");
    return { state, at };
  });
  const at = steps.findLast((step) => step.state === "BCDIDBUPLOADED")?.at;
  return typeof at === "string" ? at : null;
}

/** What the page uses of a problem document; null when the body is not one (a proxy's page, for instance). */
export function findProblem(
  value: unknown,
): Pick<ProblemDocument, "title" | "detail" | "code" | "retryable" | "reference"> | null {
  try {
    const fields = readFields(value, "problem");
    return {
      title: readText(fields, "title"),
      detail: readText(fields, "detail"),
      code: readText(fields, "code"),
      retryable: fields.retryable === true,
      reference: readNullableText(fields, "reference") ?? "",
    };
  } catch {
    return null;
  }
}

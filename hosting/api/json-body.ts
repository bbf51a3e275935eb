import type { z } from "zod";
import type { FieldError } from "#contract/problem.ts";
import { Refusal } from "#hosting/refusal.ts";
import { readBodyText } from "#platform/http/body-text.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Reads a JSON body and parses it. No more than the limit is ever read. */
export async function parseJsonBody<Output>(request: Request, schema: z.ZodType<Output>): Promise<Output> {
  const mediaType = (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") throw new Refusal("unsupported_media_type");
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("invalid_request", { detail: "Le corps de la demande n’est pas du JSON bien formé." });
  }
  return parseWith(schema, value);
}

/** Parses what came from outside; every mistake becomes a field's error. */
export function parseWith<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((field) => ({ field, detail: "Ce champ est inconnu." }))
      : [{ field: issue.path.join("."), detail: frenchDetail(issue) }],
  );
  const first = errors[0]?.detail;
  throw new Refusal("invalid_request", { errors, ...(first ? { detail: first } : {}) });
}

/** The schemas' own sentences are French; what zod says by itself is not. */
function frenchDetail(issue: { message: string; code: string }): string {
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid"))
    return "Cette donnée n’est pas du type attendu.";
  return issue.message.startsWith("Invalid") ? "Cette donnée n’est pas valable." : issue.message;
}

async function readText(request: Request): Promise<string> {
  const text = await readBodyText(request, MAX_BODY_BYTES);
  if (text === null) throw new Refusal("body_too_large");
  if (text.includes("\u{FFFD}")) {
    throw new Refusal("invalid_request", { detail: "Le corps de la demande n’est pas écrit en UTF-8." });
  }
  return text;
}

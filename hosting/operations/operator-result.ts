import type { FieldError } from "#contract/problem.ts";

/** What an operator's request came to; every text is French and fit to show. */
export type OperatorResult =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly message: string | null; readonly fieldErrors: readonly FieldError[] };

export function done(message: string): OperatorResult {
  return { ok: true, message };
}

export function refuse(message: string | null, fieldErrors: readonly FieldError[] = []): OperatorResult {
  return { ok: false, message, fieldErrors };
}

export const UNKNOWN = refuse("Cet établissement n’existe plus\u202f: rechargez la page.");

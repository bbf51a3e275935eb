import type { z } from "zod";
import type { FieldError } from "#contract/problem.ts";

/** The first error of each field, as the host would say it. */
export function toFieldErrors(error: z.ZodError): FieldError[] {
  const details = new Map<string, string>();
  for (const issue of error.issues) {
    const field = issue.path.join(".");
    if (!details.has(field)) details.set(field, issue.message);
  }
  return [...details].map(([field, detail]) => ({ field, detail }));
}

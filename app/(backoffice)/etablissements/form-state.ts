import type { FormState } from "#components/ui/form-state.ts";
import type { VerbResult } from "#cyber/establishment/verb-result.ts";

/** A verb's answer as the form that asked shows it. */
export function toFormState(result: VerbResult, form: FormData): FormState {
  if (result.ok) return { status: "done", message: null, fieldErrors: {}, values: {} };
  const fieldErrors = Object.fromEntries(result.fieldErrors.map(({ field, detail }) => [field, detail]));
  return { status: "refused", message: result.message, fieldErrors, values: textValuesOf(form) };
}

export function textValuesOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

import type { FormState } from "#components/ui/form-state.ts";
import type { OperatorResult } from "#hosting/operations/operator-result.ts";

/** A verb's answer as the form that asked shows it. */
export function toFormState(result: OperatorResult, form: FormData): FormState {
  if (result.ok) return { status: "done", message: result.message, fieldErrors: {}, values: {} };
  return {
    status: "refused",
    message: result.message,
    fieldErrors: Object.fromEntries(result.fieldErrors.map(({ field, detail }) => [field, detail])),
    values: { localTime: String(form.get("localTime") ?? "") },
  };
}

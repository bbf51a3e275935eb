/** What a form's action answers: nothing yet, done, or refused with why. */
export interface FormState {
  readonly status: "idle" | "done" | "refused";
  readonly message: string | null;
  readonly fieldErrors: Readonly<Record<string, string>>;
  /** What had been typed, so that a refusal loses nothing. */
  readonly values: Readonly<Record<string, string>>;
}

export const IDLE_FORM: FormState = { status: "idle", message: null, fieldErrors: {}, values: {} };

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

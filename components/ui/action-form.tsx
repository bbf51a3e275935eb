"use client";

import { type ReactNode, useActionState } from "react";
import { Alert } from "./alert.tsx";
import type { ButtonLook } from "./button.tsx";
import { type FormAction, IDLE_FORM } from "./form-state.ts";
import { SubmitButton } from "./submit-button.tsx";

/** One button that asks the server for one thing, says that it is being done, and why it was not. */
export function ActionForm({
  action,
  label,
  pendingText,
  ...look
}: ButtonLook & { action: FormAction; label: ReactNode; pendingText: string }) {
  const [state, submit] = useActionState(action, IDLE_FORM);
  return (
    <form action={submit} className="flex flex-col items-start gap-3">
      {state.status === "refused" ? (
        <Alert tone="danger" role="alert">
          {state.message}
        </Alert>
      ) : null}
      <SubmitButton pendingText={pendingText} {...look}>
        {label}
      </SubmitButton>
    </form>
  );
}

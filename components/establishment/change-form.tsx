"use client";

import { useActionState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { type FormAction, IDLE_FORM } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { LicenceFields } from "./licence-fields.tsx";

export function ChangeForm({
  action,
  licence,
}: {
  action: FormAction;
  licence: { griffe: string; code: string; version: string };
}) {
  const [state, submit] = useActionState(action, IDLE_FORM);
  const values = state.status === "refused" ? state.values : licence;
  return (
    <form action={submit} className="flex max-w-md flex-col gap-4" noValidate>
      {state.message ? (
        <Alert tone="danger" role="alert">
          {state.message}
        </Alert>
      ) : null}
      <LicenceFields values={values} errors={state.fieldErrors} />
      <div>
        <SubmitButton pendingText="Envoi de la demande…">Demander la modification</SubmitButton>
      </div>
    </form>
  );
}

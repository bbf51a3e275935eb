"use client";

import { useActionState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Field } from "#components/ui/field.tsx";
import { type FormAction, IDLE_FORM } from "#components/ui/form-state.ts";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { OperatorAction } from "./operator-action.tsx";

/** The operator's own promise to the school, in the place of the computed one. */
export function EstimateForm({
  current,
  canSet,
  override,
  remove,
}: {
  /** "2026-11-24T15:30" in Paris, or nothing. */
  current: string | null;
  canSet: boolean;
  override: FormAction;
  remove: FormAction;
}) {
  const [state, submit] = useActionState(override, IDLE_FORM);
  // Once it has been taken back, that it was set is no longer news.
  const message = state.status === "done" && current === null ? null : state.message;
  const typed = state.status === "refused" ? state.values.localTime : undefined;
  return (
    <div className="flex flex-col gap-3">
      {canSet ? (
        <form action={submit} className="flex flex-col gap-3" noValidate>
          {message ? (
            <Alert
              tone={state.status === "refused" ? "danger" : "success"}
              role={state.status === "refused" ? "alert" : "status"}
            >
              {message}
            </Alert>
          ) : null}
          <Field
            id="localTime"
            label="Date et heure, à Paris"
            hint="L’établissement la lira à la place de l’estimation calculée, jusqu’au prochain changement d’état."
            error={state.fieldErrors.localTime}
          >
            {(control) => (
              <Input
                {...control}
                key={current ?? ""}
                type="datetime-local"
                name="localTime"
                defaultValue={typed ?? current ?? ""}
                className="max-w-64"
              />
            )}
          </Field>
          <div>
            <SubmitButton size="sm" variant="secondary" pendingText="Enregistrement…">
              Fixer l’estimation
            </SubmitButton>
          </div>
        </form>
      ) : null}
      <OperatorAction
        action={remove}
        isOffered={current !== null}
        variant="outline"
        size="sm"
        pendingText="Retrait…"
        label="Revenir à l’estimation calculée"
      />
    </div>
  );
}

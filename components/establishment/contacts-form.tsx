"use client";

import { useActionState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Field } from "#components/ui/field.tsx";
import { type FormAction, IDLE_FORM } from "#components/ui/form-state.ts";
import { Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** For the staff: who is written to and may sign in for this school. */
export function ContactsForm({ action, contacts }: { action: FormAction; contacts: readonly string[] }) {
  const [state, submit] = useActionState(action, IDLE_FORM);
  const value = state.status === "refused" ? (state.values.contacts ?? "") : contacts.join("\n");
  return (
    <form action={submit} className="flex max-w-md flex-col gap-3">
      {state.status === "done" ? (
        <Alert tone="success" role="status">
          Contacts enregistrés.
        </Alert>
      ) : null}
      <Field
        id="contacts"
        label="Adresses e-mail"
        hint="Une par ligne. Deux personnes au moins, si possible."
        error={state.fieldErrors.contacts}
      >
        {(control) => (
          <Textarea
            key={value}
            {...control}
            name="contacts"
            defaultValue={value}
            rows={3}
            spellCheck={false}
          />
        )}
      </Field>
      <div>
        <SubmitButton variant="outline" pendingText="Enregistrement…">
          Enregistrer les contacts
        </SubmitButton>
      </div>
    </form>
  );
}

"use client";

import { useActionState, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { type FormAction, IDLE_FORM } from "#components/ui/form-state.ts";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { CodeForm } from "./code-form.tsx";

/** Asks for the address, then for the code; the link in the e-mail is the other way in. */
export function SignInForm({ action }: { action: FormAction }) {
  const [state, submit] = useActionState(action, IDLE_FORM);
  const [isAskingAgain, setIsAskingAgain] = useState(false);
  const email = state.values.email ?? "";
  if (state.status === "done" && !isAskingAgain) {
    return (
      <div className="flex flex-col gap-5">
        <Alert tone="success" role="status" title="Consultez votre messagerie">
          {state.message}
        </Alert>
        <CodeForm email={email} />
        <Button variant="ghost" size="sm" onClick={() => setIsAskingAgain(true)}>
          Utiliser une autre adresse
        </Button>
      </div>
    );
  }
  return (
    <form
      action={(form) => {
        setIsAskingAgain(false);
        submit(form);
      }}
      className="flex flex-col gap-4"
      noValidate
    >
      <Field
        id="email"
        label="Adresse e-mail"
        hint="Celle que la librairie connaît pour votre établissement."
        error={state.fieldErrors.email}
      >
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="email"
            defaultValue={email}
            required
            spellCheck={false}
          />
        )}
      </Field>
      <SubmitButton pendingText="Envoi…">Recevoir un lien de connexion</SubmitButton>
    </form>
  );
}

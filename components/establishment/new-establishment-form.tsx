"use client";

import { useActionState, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Field } from "#components/ui/field.tsx";
import { type FormAction, IDLE_FORM } from "#components/ui/form-state.ts";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { RneSchema } from "#contract/rne.ts";
import { LicenceFields } from "./licence-fields.tsx";

export function NewEstablishmentForm({ action }: { action: FormAction }) {
  const [state, submit] = useActionState(action, IDLE_FORM);
  const { values, fieldErrors } = state;
  return (
    <form action={submit} className="flex flex-col gap-5" noValidate>
      {state.message ? (
        <Alert tone="danger" role="alert">
          {state.message}
        </Alert>
      ) : null}
      <RneField value={values.rne ?? ""} error={fieldErrors.rne} />
      <Field id="name" label="Nom de l’établissement" error={fieldErrors.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            defaultValue={values.name}
            maxLength={150}
            placeholder="Lycée Émile Zola"
          />
        )}
      </Field>
      <LicenceFields values={values} errors={fieldErrors} />
      <Field
        id="contacts"
        label="Contacts"
        hint="Les adresses e-mail du professeur documentaliste et d’une autre personne, une par ligne."
        error={fieldErrors.contacts}
      >
        {(control) => (
          <Textarea {...control} name="contacts" defaultValue={values.contacts} rows={3} spellCheck={false} />
        )}
      </Field>
      <div>
        <SubmitButton pendingText="Création en cours…">Créer l’établissement</SubmitButton>
      </div>
    </form>
  );
}

function RneField({ value, error }: { value: string; error: string | undefined }) {
  const [mistake, setMistake] = useState<string | null>(null);
  const check = (typed: string) => {
    const parsed = typed.trim() === "" ? null : RneSchema.safeParse(typed);
    setMistake(parsed && !parsed.success ? (parsed.error.issues[0]?.message ?? null) : null);
  };
  return (
    <Field id="rne" label="RNE (ou UAI)" hint="Sept chiffres et une lettre." error={mistake ?? error}>
      {(control) => (
        <Input
          {...control}
          name="rne"
          defaultValue={value}
          onBlur={(event) => check(event.target.value)}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          placeholder="0350024L"
          className="font-mono"
        />
      )}
    </Field>
  );
}

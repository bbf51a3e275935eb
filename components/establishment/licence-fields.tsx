"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { fr } from "#components/ui/french.ts";
import { Input, Select } from "#components/ui/input.tsx";

export interface LicenceFieldsProps {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

/** Griffe, code and type of version: the same fields when creating and when changing. */
export function LicenceFields({ values, errors }: LicenceFieldsProps) {
  return (
    <>
      <Field
        id="griffe"
        label="Griffe"
        hint="Le nom de la licence, tel que l’éditeur l’a fixé."
        error={errors.griffe}
      >
        {(control) => (
          <Input {...control} name="griffe" defaultValue={values.griffe} required maxLength={100} />
        )}
      </Field>
      <CodeField value={values.code ?? ""} error={errors.code} />
      <Field id="version" label="Type de version" error={errors.version}>
        {(control) => (
          // A list does not follow its default when the form is reset: a new one does.
          <Select key={values.version} {...control} name="version" defaultValue={values.version || "CL"}>
            <option value="CL">CL (collège-lycée)</option>
            <option value="SP">SP (spécial)</option>
          </Select>
        )}
      </Field>
    </>
  );
}

function CodeField({ value, error }: { value: string; error: string | undefined }) {
  const [code, setCode] = useState(value);
  const capitals = code.replace(/\s/g, "").toUpperCase();
  const isOffered = capitals !== code && /^[A-Z]{8}$/.test(capitals);
  return (
    <div className="flex flex-col items-start gap-2 [&>div]:w-full">
      <Field id="code" label="Code" hint="Huit lettres majuscules, sans accent." error={error}>
        {(control) => (
          <Input
            {...control}
            name="code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      {isOffered ? (
        <Button size="sm" variant="secondary" onClick={() => setCode(capitals)}>
          {fr(`Écrire en majuscules : ${capitals}`)}
        </Button>
      ) : null}
    </div>
  );
}

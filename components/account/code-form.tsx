"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { ENTRANCE_MESSAGES, type Entrance, enter } from "./enter.ts";

/** The six digits of the e-mail, typed where the sign-in was asked for. */
export function CodeForm({ email }: { email: string }) {
  const [code, setCode] = useState("");
  const [entrance, setEntrance] = useState<Entrance | null>(null);
  const [isEntering, setIsEntering] = useState(false);
  const digits = code.replace(/\D/g, "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsEntering(true);
    setEntrance(null);
    const outcome = await enter({ email, code: digits });
    if (outcome === "entered") return window.location.assign("/");
    setEntrance(outcome);
    setIsEntering(false);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {entrance && entrance !== "entered" ? (
        <Alert tone="danger" role="alert">
          {ENTRANCE_MESSAGES[entrance]}
        </Alert>
      ) : null}
      <Field id="code" label="Code à six chiffres" hint="Si vous lisez vos messages sur un autre appareil.">
        {(control) => (
          <Input
            {...control}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            className="text-center font-mono text-lg! tracking-[0.4em]"
          />
        )}
      </Field>
      <Button type="submit" disabled={isEntering || digits.length !== 6}>
        {isEntering ? "Connexion…" : "Valider le code"}
      </Button>
    </form>
  );
}

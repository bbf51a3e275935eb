"use client";

import { useActionState, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { DialogButton } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { type FormAction, IDLE_FORM } from "#components/ui/form-state.ts";
import { fr } from "#components/ui/french.ts";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Asks for the deletion, once the RNE has been typed: nobody deletes a school by a slip. */
export function DeletionDialog({ rne, action }: { rne: string; action: FormAction }) {
  return (
    <DialogButton
      variant="dangerOutline"
      label="Demander la suppression…"
      title={fr("Supprimer l’hébergement BCDI ?")}
    >
      {(close) => <DeletionForm rne={rne} action={action} onCancel={close} />}
    </DialogButton>
  );
}

function DeletionForm({ rne, action, onCancel }: { rne: string; action: FormAction; onCancel: () => void }) {
  const [state, submit] = useActionState(action, IDLE_FORM);
  const [typed, setTyped] = useState("");
  return (
    <form action={submit} className="mt-3 flex flex-col gap-4 text-sm">
      <p>
        {fr(
          "Votre serveur sera arrêté et supprimé. Vous aurez un délai pour annuler, puis une copie de vos bases à télécharger.",
        )}
      </p>
      {state.message ? (
        <Alert tone="danger" role="alert">
          {state.message}
        </Alert>
      ) : null}
      <Field id="confirmation" label={fr(`Pour confirmer, saisissez le RNE : ${rne}`)}>
        {(control) => (
          <Input
            {...control}
            name="confirmation"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onCancel}>
          Ne rien supprimer
        </Button>
        <SubmitButton
          variant="danger"
          pendingText="Demande en cours…"
          disabled={typed.trim().toUpperCase() !== rne}
        >
          Demander la suppression
        </SubmitButton>
      </div>
    </form>
  );
}

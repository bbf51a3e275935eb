import { Undo2 } from "lucide-react";
import { ActionForm } from "#components/ui/action-form.tsx";
import { Alert } from "#components/ui/alert.tsx";
import { fr } from "#components/ui/french.ts";
import type { Panel } from "./panel-props.ts";

/** Until when it can be called off, and the button that does. */
export const DeletionPanel: Panel = ({ view, wording, actions }) => (
  <div className="flex flex-col gap-4 text-sm">
    <p>
      {view.nextStep ? (
        <>
          La suppression est prévue <strong>{wording.relative(view.nextStep.estimatedAt)}</strong>.{" "}
        </>
      ) : null}
      {fr("Jusque-là, vous pouvez l’annuler : rien n’est encore effacé.")}
    </p>
    <Alert tone="info">
      Avant de supprimer quoi que ce soit, nous faisons une copie de vos bases et nous la vérifions. Vous
      pourrez la télécharger ici.
    </Alert>
    <ActionForm
      action={actions.cancelDeletion}
      pendingText="Annulation…"
      label={
        <>
          <Undo2 aria-hidden="true" />
          Annuler la suppression
        </>
      }
    />
  </div>
);

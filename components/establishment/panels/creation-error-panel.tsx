import { RotateCcw } from "lucide-react";
import { ProblemNote } from "#components/establishment/problem-note.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import { fr } from "#components/ui/french.ts";
import type { Panel } from "./panel-props.ts";

export const CreationErrorPanel: Panel = ({ view, actions }) => (
  <div className="flex flex-col gap-4 text-sm">
    {view.problem ? <ProblemNote problem={view.problem} /> : null}
    <div className="flex flex-col gap-1">
      <p className="font-medium">Que va-t-il se passer{"\u202f"}?</p>
      <p>
        {fr(
          "Nous nous en occupons. Dès que l’incident est levé, la création reprend là où elle en était : vous n’aurez rien à ressaisir, et un message vous préviendra.",
        )}
      </p>
    </div>
    {view.problem?.retryable ? (
      <ActionForm
        action={actions.retry}
        variant="outline"
        pendingText="Nouvel essai…"
        label={
          <>
            <RotateCcw aria-hidden="true" />
            Relancer la création
          </>
        }
      />
    ) : null}
  </div>
);

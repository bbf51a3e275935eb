import { CircleCheck, FileX, RotateCcw } from "lucide-react";
import { BackupGuide } from "#components/establishment/backup-guide.tsx";
import { DepositFrame } from "#components/establishment/deposit-frame.tsx";
import { ProblemNote } from "#components/establishment/problem-note.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import { fr } from "#components/ui/french.ts";
import type { Base } from "#contract/deposit.ts";
import type { Panel } from "./panel-props.ts";

/** Which file, why, and what to do; the good ones are kept. */
export const RejectedPanel: Panel = ({ view, actions }) => {
  const rejected = view.bases.filter((base) => base.problem !== null);
  const kept = view.bases.filter((base) => base.problem === null && base.status !== "receiving");
  const isToReplace = rejected.length > 0 || view.problem?.action === "replace_file";
  return (
    <div className="flex flex-col gap-4 text-sm">
      {view.problem && rejected.length === 0 ? <ProblemNote problem={view.problem} /> : null}
      <RejectedFiles bases={rejected} />
      {kept.length > 0 ? (
        <p className="flex items-start gap-2">
          <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
          <span>
            {fr(`${kept.length > 1 ? "Ces fichiers sont conservés" : "Ce fichier est conservé"} : `)}
            {kept.map((base) => base.fileName).join(", ")}. Vous n’avez pas à {kept.length > 1 ? "les" : "le"}{" "}
            déposer de nouveau.
          </span>
        </p>
      ) : null}
      {view.problem?.retryable ? (
        <ActionForm
          action={actions.retry}
          variant="outline"
          pendingText="Nouvel essai…"
          label={
            <>
              <RotateCcw aria-hidden="true" />
              Réessayer avec les mêmes fichiers
            </>
          }
        />
      ) : null}
      {isToReplace ? (
        <>
          <BackupGuide />
          <div className="overflow-hidden rounded-xl border bg-background">
            <DepositFrame openDeposit={actions.openDeposit} onCompleted={actions.synchronise} />
          </div>
        </>
      ) : null}
    </div>
  );
};

function RejectedFiles({ bases }: { bases: readonly Base[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {bases.map(({ id, fileName, problem }) =>
        problem ? (
          <li key={id} className="rounded-lg border border-danger-border bg-danger-soft p-4">
            <p className="flex items-start gap-2 font-semibold text-danger">
              <FileX aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              <span className="wrap-anywhere">
                {fileName}
                {"\u202f"}: {problem.title}
              </span>
            </p>
            <p className="mt-1">{problem.detail}</p>
            {problem.reference ? (
              <p className="mt-1 text-muted-foreground">
                Référence{"\u202f"}: <span className="font-mono">{problem.reference}</span>
              </p>
            ) : null}
          </li>
        ) : null,
      )}
    </ul>
  );
}

import { Printer } from "lucide-react";
import { ChangeCard } from "#components/establishment/change-card.tsx";
import { ClientDownload } from "#components/establishment/client-download.tsx";
import { ConnectionSheet } from "#components/establishment/connection-sheet.tsx";
import { DeletionDialog } from "#components/establishment/deletion-dialog.tsx";
import { ProblemNote } from "#components/establishment/problem-note.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import type { Panel } from "./panel-props.ts";

export const ReadyPanel: Panel = ({ view, actions }) => (
  <div className="flex flex-col gap-6">
    {view.problem ? <ProblemNote problem={view.problem} tone="warning" /> : null}
    {view.connection ? (
      <>
        <section aria-labelledby="connection-title" className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h4 id="connection-title" className="font-semibold">
              Informations de connexion
            </h4>
            <a
              href={`/etablissements/${view.rne}/fiche`}
              className={buttonClass({ variant: "outline", size: "sm" })}
            >
              <Printer aria-hidden="true" />
              Fiche à imprimer
            </a>
          </div>
          <ConnectionSheet connection={view.connection} />
        </section>
        <ClientDownload client={view.connection.client} />
      </>
    ) : null}
    <section aria-labelledby="manage-title" className="flex flex-col gap-3 border-t pt-5">
      <h4 id="manage-title" className="font-semibold">
        Gérer l’hébergement
      </h4>
      <ChangeCard view={view} actions={actions} />
      <div>
        <DeletionDialog rne={view.rne} action={actions.requestDeletion} />
      </div>
    </section>
  </div>
);

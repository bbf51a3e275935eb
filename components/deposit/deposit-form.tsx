import { LoaderCircle } from "lucide-react";
import { Alert } from "#components/ui/alert.tsx";
import { fr } from "#components/ui/french.ts";
import { DropZone } from "./drop-zone.tsx";
import type { DepositSession } from "./engine/session.ts";
import type { DepositState } from "./engine/state.ts";
import { FileList } from "./file-list.tsx";
import { FinishPanel } from "./finish-panel.tsx";
import { NoticeList } from "./notice-list.tsx";
import { TotalProgress } from "./total-progress.tsx";
import { useFilePicker } from "./use-file-picker.ts";

/** The list of files and everything that can be done with it, as long as the deposit is open. */
export function DepositForm({ state, session }: { state: DepositState; session: DepositSession }) {
  const picker = useFilePicker(session.addFiles);
  const hasRejected = state.items.some((item) => item.phase === "rejected");
  const halfSent = state.items.filter((item) => item.phase === "absent");

  return (
    <div {...picker.getRootProps({ className: "flex flex-col gap-4 sm:gap-5" })}>
      <input {...picker.getInputProps({ "aria-label": "Fichiers de sauvegarde BCDI", tabIndex: -1 })} />
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight sm:text-2xl">Dépôt des bases BCDI</h1>
        <p className="text-sm text-muted-foreground">
          Établissement <span className="font-medium text-foreground">{state.rne}</span>
        </p>
      </header>

      {state.accessLost ? (
        <Alert tone="danger" role="alert" title="Votre accès à ce dépôt a expiré">
          {fr(
            "Retournez à la page de votre établissement et rouvrez le dépôt. Ce qui est déjà reçu est conservé : choisissez à nouveau les mêmes fichiers et l'envoi continuera où il en est.",
          )}
        </Alert>
      ) : null}
      {state.problems.map((problem) => (
        <Alert key={`${problem.code}-${problem.reference}`} tone="danger" title={problem.title}>
          {problem.detail}
        </Alert>
      ))}
      {hasRejected ? (
        <Alert tone="warning" title="Des fichiers sont à remplacer">
          Les fichiers déjà acceptés sont conservés. Remplacez ceux qui ont été refusés, puis terminez le
          dépôt à nouveau.
        </Alert>
      ) : null}
      {halfSent.length > 0 ? (
        <Alert tone="info" title="Un envoi a été interrompu">
          {fr(
            `Choisissez à nouveau ${halfSent.length > 1 ? "les fichiers" : "le fichier"} ci-dessous : l'envoi continuera là où il s'est arrêté, même depuis un autre ordinateur.`,
          )}
        </Alert>
      ) : null}
      <NoticeList notices={state.notices} onDismiss={session.dismissNotice} />

      {state.preparing ? (
        <p className="flex items-center gap-3 rounded-lg bg-muted p-3 text-sm" role="status">
          <LoaderCircle aria-hidden="true" className="size-5 shrink-0 animate-spin text-primary" />
          {fr(`Préparation du dossier « ${state.preparing} »…`)}
        </p>
      ) : null}
      <DropZone
        isDragActive={picker.isDragActive}
        isCompact={state.items.length > 0}
        onChoose={() => picker.choose()}
      />
      {state.items.length > 0 ? (
        <>
          <TotalProgress state={state} onPauseAll={session.pauseAll} onResumeAll={session.resumeAll} />
          <FileList items={state.items} session={session} onChoose={picker.choose} />
        </>
      ) : null}
      <FinishPanel state={state} onAsk={session.askToFinish} onFinish={session.finish} />
    </div>
  );
}

import { FilePlus2, RotateCw, Send } from "lucide-react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { fr } from "#components/ui/french.ts";
import type { FileRowProps } from "./file-row-props.ts";
import { formatCountdown } from "./format.ts";
import { useNowMs } from "./use-deposit.ts";
import { sayFinding, sayStop, sayWait } from "./wording.ts";

type Props = Pick<FileRowProps, "item" | "index" | "onChoose" | "onResume" | "onRemove">;

/** What a file's row has to say beyond its status, with the button that settles it. */
export function FileMessages(props: Props) {
  const { item } = props;
  if (item.phase === "held") return <Doubts {...props} />;
  if (item.phase === "waiting") return <Waiting {...props} />;
  if (item.phase === "stopped") return <Stopped {...props} />;
  if (item.phase === "rejected") return <Rejected {...props} />;
  if (item.phase === "absent") return <HalfSent {...props} />;
  const isDoubtfulMain = props.index === 0 && item.findings.some((finding) => finding.code === "manuals");
  return isDoubtfulMain ? (
    <Alert tone="warning" title={sayFinding("manuals").title}>
      {sayFinding("manuals").text}
    </Alert>
  ) : null;
}

function Doubts({ item, onResume, onRemove }: Props) {
  const doubts = item.findings
    .filter((finding) => finding.severity === "doubt")
    .map(({ code }) => sayFinding(code));
  return (
    <Alert
      tone="warning"
      title={doubts[0]?.title}
      actions={
        <>
          <Button size="sm" variant="outline" onClick={onRemove}>
            Retirer ce fichier
          </Button>
          <Button size="sm" variant="ghost" onClick={onResume}>
            <Send aria-hidden="true" />
            Envoyer quand même
          </Button>
        </>
      }
    >
      {doubts.map(({ title, text }, position) => (
        <p key={title}>
          {position > 0 ? <strong className="font-semibold">{title}. </strong> : null}
          {text}
        </p>
      ))}
    </Alert>
  );
}

function Waiting({ item, onResume }: Props) {
  const nowMs = useNowMs(true);
  if (!item.wait) return null;
  const secondsLeft = (item.wait.resumeAtMs - nowMs) / 1000;
  return (
    <Alert
      tone="warning"
      actions={
        <Button size="sm" variant="outline" onClick={onResume}>
          <RotateCw aria-hidden="true" />
          Réessayer maintenant
        </Button>
      }
    >
      <p>{sayWait(item.wait, item.lastActivityAt)}</p>
      <p className="font-medium tabular-nums">Nouvel essai dans {formatCountdown(secondsLeft)}.</p>
    </Alert>
  );
}

function Stopped({ item, onChoose, onResume }: Props) {
  if (!item.stop) return null;
  const isOtherFileNeeded = item.stop.code === "file_changed" || item.stop.code === "file_too_large";
  return (
    <Alert
      tone="danger"
      title="L’envoi de ce fichier s’est arrêté"
      actions={
        item.stop.code === "access_lost" ? null : isOtherFileNeeded ? (
          <Button size="sm" variant="outline" onClick={onChoose}>
            <FilePlus2 aria-hidden="true" />
            Remplacer ce fichier
          </Button>
        ) : (
          <Button size="sm" variant="outline" onClick={onResume}>
            <RotateCw aria-hidden="true" />
            Relancer l’envoi
          </Button>
        )
      }
    >
      {sayStop(item.stop)}
    </Alert>
  );
}

function Rejected({ item, onChoose }: Props) {
  const { problem } = item;
  return (
    <Alert
      tone="danger"
      title={problem?.title ?? "Ce fichier a été refusé"}
      actions={
        <Button size="sm" variant="outline" onClick={onChoose}>
          <FilePlus2 aria-hidden="true" />
          Remplacer ce fichier
        </Button>
      }
    >
      <p>{problem?.detail ?? "Refaites la sauvegarde depuis BCDI, puis choisissez le nouveau fichier."}</p>
      {problem?.reference ? (
        <p className="text-xs text-muted-foreground">{fr(`Référence : ${problem.reference}`)}</p>
      ) : null}
    </Alert>
  );
}

function HalfSent({ item, onChoose }: Props) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-warning-soft p-3 text-sm">
      <p className="min-w-0 flex-1 basis-52">Choisissez à nouveau ce fichier pour continuer.</p>
      <Button size="sm" variant="outline" onClick={onChoose}>
        <FilePlus2 aria-hidden="true" />
        Choisir à nouveau<span className="sr-only"> {item.fileName}</span>
      </Button>
    </div>
  );
}

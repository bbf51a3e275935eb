import { Pause, Play } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { type DepositState, DONE_PHASES } from "./engine/state.ts";
import { sumItems } from "./engine/totals.ts";
import { formatBytes, formatPercent, formatSpeed, formatTimeLeft } from "./format.ts";

/** The whole deposit: how much, how fast, how long, and a pause for everything. */
export function TotalProgress({
  state,
  onPauseAll,
  onResumeAll,
}: {
  state: DepositState;
  onPauseAll: () => void;
  onResumeAll: () => void;
}) {
  const { items, bytesPerSecond } = state;
  const totals = sumItems(items);
  const ratio = totals.sizeBytes === 0 ? 0 : totals.sentBytes / totals.sizeBytes;
  const isWhole = items.every((item) => DONE_PHASES.includes(item.phase));
  const canPause = items.some((item) => ["queued", "sending", "waiting"].includes(item.phase));
  const canResume = items.some((item) => item.phase === "paused");
  const size = `${formatBytes(totals.sentBytes)} sur ${formatBytes(totals.sizeBytes)}`;
  const pace =
    bytesPerSecond !== null && bytesPerSecond > 0
      ? `${formatSpeed(bytesPerSecond)} · ${formatTimeLeft((totals.sizeBytes - totals.sentBytes) / bytesPerSecond)}`
      : null;

  return (
    <Card className="flex flex-col gap-2.5 p-4 sm:px-6" aria-label="Avancement du dépôt">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm font-medium">
          {totals.doneCount} {totals.doneCount > 1 ? "fichiers reçus" : "fichier reçu"} sur {totals.count}
        </p>
        <div className="flex gap-2">
          {canResume ? (
            <Button variant="outline" size="sm" onClick={onResumeAll}>
              <Play aria-hidden="true" />
              Tout reprendre
            </Button>
          ) : null}
          {canPause ? (
            <Button variant="outline" size="sm" onClick={onPauseAll}>
              <Pause aria-hidden="true" />
              Tout mettre en pause
            </Button>
          ) : null}
        </div>
      </div>
      <Progress
        ratio={ratio}
        label="Ensemble du dépôt"
        text={`${formatPercent(ratio)}, ${size}`}
        tone={isWhole ? "success" : "primary"}
        className="h-3"
      />
      <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted-foreground tabular-nums">
        <span>
          {formatPercent(ratio)} · {size}
        </span>
        {pace ? <span>{pace}</span> : null}
      </p>
    </Card>
  );
}

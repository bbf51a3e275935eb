import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  Clock,
  FileArchive,
  type LucideIcon,
  Star,
  TriangleAlert,
} from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Progress } from "#components/ui/progress.tsx";
import { actionId, rowId } from "./element-ids.ts";
import type { DepositItem, ItemPhase } from "./engine/state.ts";
import { FileActions } from "./file-actions.tsx";
import { FileMessages } from "./file-messages.tsx";
import type { FileRowProps } from "./file-row-props.ts";
import { formatBytes, formatPercent } from "./format.ts";
import { RemovalQuestion } from "./removal-question.tsx";
import { sayPhase } from "./wording.ts";

const NARROW_COLON = "\u202f: ";

type Look = { icon: LucideIcon; tile: string; bar: "primary" | "success" | "warning" | "danger" | "idle" };

const ACTIVE: Look = { icon: FileArchive, tile: "bg-primary-soft text-primary", bar: "primary" };
const DOUBTFUL: Look = { icon: TriangleAlert, tile: "bg-warning-soft text-warning", bar: "warning" };
const DONE: Look = { icon: CircleCheck, tile: "bg-success-soft text-success", bar: "success" };
const FAILED: Look = { icon: CircleAlert, tile: "bg-danger-soft text-danger", bar: "danger" };

const LOOKS = {
  held: DOUBTFUL,
  queued: { ...ACTIVE, icon: Clock, tile: "bg-secondary text-secondary-foreground" },
  sending: ACTIVE,
  waiting: DOUBTFUL,
  paused: { icon: CirclePause, tile: "bg-secondary text-secondary-foreground", bar: "idle" },
  confirming: ACTIVE,
  received: DONE,
  mounted: DONE,
  rejected: FAILED,
  stopped: FAILED,
  absent: DOUBTFUL,
} as const satisfies Record<ItemPhase, Look>;

/** One file: what it is, where it stands, what can be done. */
export function FileRow(props: FileRowProps) {
  const { item, index } = props;
  const [isAskingToRemove, setIsAskingToRemove] = useState(false);
  const { icon: Icon, tile, bar } = LOOKS[item.phase];
  const ratio = item.sizeBytes === 0 ? 0 : item.sentBytes / item.sizeBytes;
  const hasBar = !isSettled(item.phase);
  const status = sayStatus(item, ratio);
  const isMain = index === 0;

  return (
    <li
      id={rowId(item.key)}
      tabIndex={-1}
      className={classNames(
        "relative flex flex-col gap-3 rounded-xl border bg-card p-3 text-card-foreground shadow-card sm:p-4",
        isMain && "border-primary/50",
      )}
    >
      <div className="flex gap-3 sm:pr-40">
        <span className={classNames("grid size-10 shrink-0 place-items-center rounded-lg", tile)}>
          <Icon aria-hidden="true" className="size-5" />
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <p className="min-w-0 font-medium wrap-anywhere">{item.fileName}</p>
            {isMain ? <MainBadge /> : null}
          </div>
          <p className="text-sm text-muted-foreground tabular-nums">{status}</p>
        </div>
      </div>
      {hasBar ? (
        <Progress ratio={ratio} label={`Envoi de ${item.fileName}`} text={status} tone={bar} />
      ) : null}
      <FileMessages {...props} />
      {isAskingToRemove ? (
        <RemovalQuestion
          fileName={item.fileName}
          onConfirm={props.onRemove}
          onCancel={() => {
            setIsAskingToRemove(false);
            document.getElementById(actionId(item.key, "remove"))?.focus();
          }}
        />
      ) : null}
      <div className={classNames("flex flex-wrap items-center justify-between gap-1", isMain && "sm:-mt-3")}>
        {isMain ? null : (
          <Button variant="outline" size="sm" onClick={props.onMakeMain}>
            <Star aria-hidden="true" />
            Définir comme base principale
            <span className="sr-only">{`${NARROW_COLON}${item.fileName}`}</span>
          </Button>
        )}
        <div className="ml-auto sm:absolute sm:top-4 sm:right-4">
          <FileActions
            {...props}
            onRemove={item.sentBytes > 0 ? () => setIsAskingToRemove(true) : props.onRemove}
          />
        </div>
      </div>
    </li>
  );
}

function MainBadge() {
  return (
    <Badge tone="primary">
      <Star aria-hidden="true" />
      Base principale
    </Badge>
  );
}

function isSettled(phase: ItemPhase): boolean {
  return phase === "received" || phase === "mounted" || phase === "rejected" || phase === "held";
}

function sayStatus(item: DepositItem, ratio: number): string {
  const size = formatBytes(item.sizeBytes);
  const phase = sayPhase(item.phase);
  if (isSettled(item.phase)) return `${phase} · ${size}`;
  if (item.phase === "absent") return `${formatPercent(ratio)} déjà reçus · ${size}`;
  return `${phase} · ${formatPercent(ratio)} · ${formatBytes(item.sentBytes)} sur ${size}`;
}

import { ArrowDown, ArrowUp, Pause, Play, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { actionId } from "./element-ids.ts";
import type { FileRowProps } from "./file-row-props.ts";

const PAUSABLE: readonly string[] = ["queued", "sending", "waiting"];

/** Move, pause, resume, remove: each button names its file. */
export function FileActions(props: FileRowProps) {
  const { item, onPause, onResume, onRemove } = props;
  return (
    <div className="flex gap-0.5">
      {props.count > 1 ? <MoveButtons {...props} /> : null}
      {PAUSABLE.includes(item.phase) ? (
        <Button variant="ghost" size="icon" aria-label={`Mettre en pause ${item.fileName}`} onClick={onPause}>
          <Pause aria-hidden="true" />
        </Button>
      ) : null}
      {item.phase === "paused" ? (
        <Button variant="ghost" size="icon" aria-label={`Reprendre ${item.fileName}`} onClick={onResume}>
          <Play aria-hidden="true" />
        </Button>
      ) : null}
      <Button
        id={actionId(item.key, "remove")}
        variant="ghost"
        size="icon"
        aria-label={`Retirer ${item.fileName}`}
        onClick={onRemove}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  );
}

/** `aria-disabled` and not `disabled`: a button that reaches the end of its course keeps the focus. */
function MoveButtons({ item, index, count, onMoveUp, onMoveDown }: FileRowProps) {
  const isFirst = index === 0;
  const isLast = index === count - 1;
  return (
    <>
      <Button
        id={actionId(item.key, "up")}
        variant="ghost"
        size="icon"
        aria-label={`Monter ${item.fileName}`}
        aria-disabled={isFirst}
        onClick={isFirst ? undefined : onMoveUp}
      >
        <ArrowUp aria-hidden="true" />
      </Button>
      <Button
        id={actionId(item.key, "down")}
        variant="ghost"
        size="icon"
        aria-label={`Descendre ${item.fileName}`}
        aria-disabled={isLast}
        onClick={isLast ? undefined : onMoveDown}
      >
        <ArrowDown aria-hidden="true" />
      </Button>
    </>
  );
}

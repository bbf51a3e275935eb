import { useEffect, useRef } from "react";
import { actionId, CHOOSE_BUTTON_ID, rowId } from "./element-ids.ts";
import type { DepositSession } from "./engine/session.ts";
import type { DepositItem } from "./engine/state.ts";
import { FileRow } from "./file-row.tsx";

/** The files in order: the first is the main base. Keeps the focus somewhere sensible when a row moves or goes. */
export function FileList({
  items,
  session,
  onChoose,
}: {
  items: readonly DepositItem[];
  session: DepositSession;
  onChoose: (replacedKey: string) => void;
}) {
  const wantedFocusId = useRef<string | null>(null);
  // Runs after each change of the list: the rows that moved have left and joined the document again.
  useEffect(() => {
    if (wantedFocusId.current === null) return;
    document.getElementById(wantedFocusId.current)?.focus();
    wantedFocusId.current = null;
  });

  const remove = (index: number, key: string) => {
    const neighbour = items[index + 1] ?? items[index - 1];
    wantedFocusId.current = neighbour ? actionId(neighbour.key, "remove") : null;
    session.remove(key);
    if (!neighbour) document.getElementById(CHOOSE_BUTTON_ID)?.focus();
  };
  const move = (key: string, toIndex: number, focusId: string) => {
    wantedFocusId.current = focusId;
    session.move(key, toIndex);
  };

  return (
    <section aria-labelledby="file-list-title" className="flex flex-col gap-3">
      <h2 id="file-list-title" className="sr-only">
        Fichiers du dépôt
      </h2>
      <ol className="flex flex-col gap-3">
        {items.map((item, index) => (
          <FileRow
            key={item.key}
            item={item}
            index={index}
            count={items.length}
            onChoose={() => onChoose(item.key)}
            onPause={() => session.pause(item.key)}
            onResume={() => session.resume(item.key)}
            onRemove={() => remove(index, item.key)}
            onMoveUp={() => move(item.key, index - 1, actionId(item.key, "up"))}
            onMoveDown={() => move(item.key, index + 1, actionId(item.key, "down"))}
            onMakeMain={() => move(item.key, 0, rowId(item.key))}
          />
        ))}
      </ol>
    </section>
  );
}

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import type { Notice } from "./engine/state.ts";
import { sayNotice } from "./wording.ts";

const PLEASANT: readonly Notice["kind"][] = ["resumed"];

/** What happened to a chosen file that did not simply join the list. */
export function NoticeList({
  notices,
  onDismiss,
}: {
  notices: readonly Notice[];
  onDismiss: (id: string) => void;
}) {
  if (notices.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {notices.map((notice) => (
        <li
          key={notice.id}
          className={
            PLEASANT.includes(notice.kind)
              ? "flex items-start gap-3 rounded-lg border border-info-border bg-info-soft p-2 pl-4 text-sm"
              : "flex items-start gap-3 rounded-lg border border-warning-border bg-warning-soft p-2 pl-4 text-sm"
          }
        >
          <p className="min-w-0 flex-1 py-1.5 wrap-anywhere">{sayNotice(notice)}</p>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Masquer ce message : ${notice.fileName}`}
            onClick={() => onDismiss(notice.id)}
          >
            <X aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  );
}

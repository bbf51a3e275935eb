import { RotateCcw } from "lucide-react";
import { Badge, type BadgeTone } from "#components/ui/badge.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { FormAction } from "#components/ui/form-state.ts";
import { OperatorAction } from "./operator-action.tsx";
import { OutputFold } from "./output-fold.tsx";

/** Something that does not go as it should, at one school. Texts are ready to be read. */
export interface Attention {
  readonly key: string;
  readonly tone: Extract<BadgeTone, "danger" | "warning" | "info">;
  readonly label: string;
  readonly title: string;
  readonly rne: string;
  readonly griffe: string;
  /** "depuis aujourd’hui à 6 h 12 (48 min)" */
  readonly since: string;
  /** What the system does about it by itself. */
  readonly system: string;
  readonly reference: string | null;
  readonly output: { readonly summary: string; readonly text: string } | null;
  readonly retryLabel: string;
  readonly canRetry: boolean;
  readonly canSettle: boolean;
  readonly retry: FormAction;
  readonly settle: FormAction | null;
}

const EDGES = {
  danger: "border-l-danger",
  warning: "border-l-warning",
  info: "border-l-info",
} as const;

export function AttentionItem({ attention }: { attention: Attention }) {
  const { tone, label, title, rne, griffe, since, system, reference, output } = attention;
  return (
    <li
      className={classNames(
        "flex flex-col gap-2 rounded-xl border border-l-4 bg-card p-3 shadow-card sm:px-4",
        EDGES[tone],
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h3 className="min-w-0 font-semibold">{title}</h3>
        <Badge tone={tone}>{label}</Badge>
        <span className="text-sm text-muted-foreground sm:ml-auto">{since}</span>
      </div>
      <p className="text-sm">
        <a
          href={`/hebergeur/etablissements/${rne}`}
          className="font-medium wrap-anywhere underline decoration-muted-foreground underline-offset-3 hover:decoration-current"
        >
          {griffe}
        </a>{" "}
        <span className="font-mono text-xs text-muted-foreground">{rne}</span>
        {reference ? (
          <span className="text-muted-foreground">
            {" "}
            · référence <span className="font-mono text-xs text-foreground">{reference}</span>
          </span>
        ) : null}
      </p>
      <p className="text-sm text-muted-foreground">{system}</p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <OperatorAction
          action={attention.retry}
          isOffered={attention.canRetry}
          size="sm"
          pendingText="Relance…"
          label={
            <>
              <RotateCcw aria-hidden="true" />
              {attention.retryLabel}
              <span className="sr-only"> ({rne})</span>
            </>
          }
        />
        {attention.settle ? (
          <OperatorAction
            action={attention.settle}
            isOffered={attention.canSettle}
            variant="outline"
            size="sm"
            pendingText="Enregistrement…"
            label={
              <>
                Marquer comme réglé<span className="sr-only"> ({rne})</span>
              </>
            }
          />
        ) : null}
        {output ? <OutputFold summary={output.summary} text={output.text} /> : null}
      </div>
    </li>
  );
}

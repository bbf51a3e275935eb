import { CircleCheck } from "lucide-react";
import { Card } from "#components/ui/card.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { type Attention, AttentionItem } from "./attention-item.tsx";
import { OperatorAction } from "./operator-action.tsx";
import { moreLabel } from "./wording.ts";

/** From how many on a single press for all of them is worth its place. */
const MANY = 3;

export interface AttentionListProps {
  readonly attentions: readonly Attention[];
  /** How many more there are than are shown. */
  readonly hidden: number;
  readonly retryAll: FormAction;
  readonly resolved: readonly { readonly reference: string; readonly rne: string; readonly text: string }[];
}

/** What is broken, the worst and oldest first; then what was repaired in the last day. */
export function AttentionList({ attentions, hidden, retryAll, resolved }: AttentionListProps) {
  const retryable = attentions.filter(({ canRetry, reference }) => canRetry && reference !== null).length;
  return (
    <section aria-labelledby="attention" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="attention" className="text-lg font-semibold tracking-tight">
          À traiter
        </h2>
        <OperatorAction
          action={retryAll}
          isOffered={retryable >= MANY}
          variant="outline"
          size="sm"
          pendingText="Relance…"
          label={`Relancer les ${retryable} incidents`}
        />
      </div>
      {attentions.length === 0 ? (
        <Card className="flex items-center gap-3 px-4 py-5">
          <CircleCheck aria-hidden="true" className="size-6 shrink-0 text-success" />
          <p>
            <span className="font-medium">Rien à traiter.</span>{" "}
            <span className="text-muted-foreground">Aucun incident ouvert, aucune étape bloquée.</span>
          </p>
        </Card>
      ) : (
        <ul className="flex flex-col gap-3">
          {attentions.map((attention) => (
            <AttentionItem key={attention.key} attention={attention} />
          ))}
        </ul>
      )}
      {hidden > 0 ? <p className="text-sm text-muted-foreground">{moreLabel(hidden)}</p> : null}
      {resolved.length > 0 ? (
        <div className="flex flex-col gap-1 text-sm">
          <h3 className="font-medium">Réglés ces dernières 24{"\u00a0"}heures</h3>
          <ul className="flex flex-col gap-0.5 text-muted-foreground">
            {resolved.map(({ reference, rne, text }) => (
              <li key={reference}>
                <CircleCheck aria-hidden="true" className="mr-1.5 inline size-4 text-success" />
                {text}{" "}
                <a className="font-mono text-xs underline" href={`/hebergeur/etablissements/${rne}`}>
                  {rne}
                </a>{" "}
                <span className="font-mono text-xs">{reference}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

import { CheckCheck, LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { fr } from "#components/ui/french.ts";
import type { DepositState } from "./engine/state.ts";
import { findBlocker } from "./engine/totals.ts";
import { formatCountdown } from "./format.ts";
import { useNowMs } from "./use-deposit.ts";
import { sayBlocker, sayWait } from "./wording.ts";

const REASON_ID = "finish-reason";

type Props = { state: DepositState; onAsk: (isAsking: boolean) => void; onFinish: () => void };

/** "Terminer le dépôt": explains itself while it cannot be pressed, and asks once before it is done. */
export function FinishPanel({ state, onAsk, onFinish }: Props) {
  const blocker = findBlocker(state);
  if (blocker === "nothing") return null;
  if (state.finishing.kind === "asking" && blocker === null) {
    return <Confirmation state={state} onAsk={onAsk} onFinish={onFinish} />;
  }
  const isSending = state.finishing.kind === "sending";
  const isBlocked = blocker !== null || isSending;
  return (
    <div className="flex flex-col gap-3">
      {state.finishFailure !== null ? (
        <Alert tone="danger" role="alert" title="Le dépôt n’a pas pu être terminé">
          {state.finishFailure || "Réessayez dans un moment."}
        </Alert>
      ) : null}
      <div className="flex flex-col items-stretch gap-2 sm:flex-row sm:items-center sm:justify-end sm:gap-4">
        <p id={REASON_ID} className="text-sm text-balance text-muted-foreground sm:text-right">
          {blocker === null ? fr("Tous les fichiers sont reçus.") : sayBlocker(blocker)}
        </p>
        <Button
          size="lg"
          className="shrink-0"
          aria-disabled={isBlocked}
          aria-describedby={REASON_ID}
          onClick={isBlocked ? undefined : () => onAsk(true)}
        >
          {isSending ? (
            <LoaderCircle aria-hidden="true" className="animate-spin" />
          ) : (
            <CheckCheck aria-hidden="true" />
          )}
          {isSending ? "Un instant…" : "Terminer le dépôt"}
        </Button>
      </div>
      {state.finishing.kind === "sending" && state.finishing.wait ? (
        <FinishWait wait={state.finishing.wait} />
      ) : null}
    </div>
  );
}

function FinishWait({
  wait,
}: {
  wait: NonNullable<Extract<DepositState["finishing"], { kind: "sending" }>["wait"]>;
}) {
  const nowMs = useNowMs(true);
  return (
    <Alert tone="warning">
      {sayWait(wait, null)} Nouvel essai dans {formatCountdown((wait.resumeAtMs - nowMs) / 1000)}.
    </Alert>
  );
}

function Confirmation({ state, onAsk, onFinish }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [main, ...others] = state.items;
  const othersText =
    others.length === 0
      ? "Aucune autre base n'est déposée."
      : `${others.length > 1 ? `${others.length} autres bases sont déposées` : "Une autre base est déposée"} avec elle.`;
  return (
    <Card className="flex flex-col gap-4 border-primary/50 p-4 sm:p-6">
      <div className="space-y-2">
        <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold tracking-tight">
          {fr("Terminer le dépôt ?")}
        </h2>
        <p className="wrap-anywhere">
          {fr(`La base principale est « ${main?.fileName ?? ""} ». ${othersText}`)}
        </p>
        <p className="text-sm text-muted-foreground">
          Le montage de vos bases commencera aussitôt. Vous ne pourrez plus ajouter ni retirer de fichier.
        </p>
      </div>
      <div className="flex flex-col gap-2 sm:flex-row sm:justify-end">
        <Button variant="outline" onClick={() => onAsk(false)}>
          Pas encore
        </Button>
        <Button onClick={onFinish}>
          <CheckCheck aria-hidden="true" />
          Oui, terminer le dépôt
        </Button>
      </div>
    </Card>
  );
}

import { Send } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "#components/ui/card.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { type DeliveryFailure, DeliveryFold } from "./delivery-fold.tsx";
import { OperatorAction } from "./operator-action.tsx";

export interface Undelivered {
  readonly id: string;
  readonly rne: string;
  readonly isAbandoned: boolean;
  /** "émis hier à 15 h, 24 essais" */
  readonly story: string;
  /** "Nouvel essai automatique…" */
  readonly system: string;
  readonly failure: DeliveryFailure | null;
  readonly canResend: boolean;
  readonly resend: FormAction;
}

/** Events that CYBER has not received: it learns of the step later, by its daily reading. */
export function UndeliveredList({
  total,
  shown,
  resendAll,
}: {
  total: number;
  shown: readonly Undelivered[];
  resendAll: FormAction;
}) {
  if (total === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{total === 1 ? "Un événement non remis" : `${total} événements non remis`}</CardTitle>
        <CardDescription>
          La librairie n’a pas reçu ces changements d’état. Elle les apprendra au plus tard à sa lecture
          quotidienne.
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <OperatorAction
          action={resendAll}
          isOffered={total > 1}
          variant="outline"
          size="sm"
          pendingText="Envoi…"
          label="Tout renvoyer"
        />
        <ul className="divide-y rounded-lg border text-sm">
          {shown.map((event) => (
            <li
              key={event.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2"
            >
              <div className="flex min-w-0 flex-col gap-0.5">
                <span className="flex flex-wrap items-center gap-2">
                  <a className="font-mono text-xs underline" href={`/hebergeur/etablissements/${event.rne}`}>
                    {event.rne}
                  </a>
                  <Badge tone={event.isAbandoned ? "danger" : "warning"}>
                    {event.isAbandoned ? "Abandonné" : "En échec"}
                  </Badge>
                  <span className="text-muted-foreground">{event.story}</span>
                </span>
                {event.failure ? <span>{event.failure.said}</span> : null}
                <span className="text-muted-foreground">{event.system}</span>
                {event.failure ? <DeliveryFold id={event.id} failure={event.failure} /> : null}
              </div>
              <OperatorAction
                action={event.resend}
                isOffered={event.canResend}
                variant="outline"
                size="sm"
                pendingText="Envoi…"
                label={
                  <>
                    <Send aria-hidden="true" />
                    Renvoyer<span className="sr-only"> l’événement de {event.rne}</span>
                  </>
                }
              />
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}

import { RotateCcw } from "lucide-react";
import {
  overrideEstimateAction,
  removeOverrideAction,
  retryAction,
} from "#app/(operations)/hebergeur/actions.ts";
import { sayNextTry, saySince } from "#app/(operations)/hebergeur/french.ts";
import { StateBadge } from "#components/establishment/state-badge.tsx";
import { EstimateForm } from "#components/operations/estimate-form.tsx";
import { OperatorAction } from "#components/operations/operator-action.tsx";
import { Card, CardContent, CardHeader, CardTitle } from "#components/ui/card.tsx";
import type { HostedEstablishment } from "#hosting/operations/find-hosted.ts";
import { isInGrace } from "#hosting/operations/remedies.ts";
import { sayEstimate } from "#platform/french/estimates.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { formatLocalInstant } from "#platform/french/parse-local-instant.ts";

/** Where an establishment stands, and what the operator can do about it. */
export function Situation({ hosted, now }: { hosted: HostedEstablishment; now: Date }) {
  const { view, revision, remedies, estimateOverrideAt, removalDueAt, cycle } = hosted;
  const { rne, nextStep, problem } = view;
  // Until when a deletion can be cancelled is not the operator's to move.
  const isPending = isInGrace({ state: view.state, removalDueAt }, now);
  const follows = sayNextTry(remedies.nextTry, now);
  const estimate =
    nextStep &&
    sayEstimate({ estimatedAt: new Date(nextStep.estimatedAt), latestAt: new Date(nextStep.latestAt) }, now);
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <CardHeader className="pb-2!">
          <CardTitle className="text-base!">Situation</CardTitle>
        </CardHeader>
        <CardContent className="flex flex-col gap-3 text-sm">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <StateBadge state={view.state} />
            <span className="font-mono text-xs text-muted-foreground">{view.state}</span>
          </p>
          <p className="text-muted-foreground">{saySince(new Date(view.since), now)}</p>
          {problem ? (
            <p>
              <span className="font-medium">L’établissement lit{"\u202f"}:</span> «{"\u202f"}
              {problem.title}. {problem.detail}
              {"\u202f"}»
            </p>
          ) : null}
          {follows ? <p>{follows}</p> : null}
          {removalDueAt && view.state === "BCDIDELETE" ? (
            <p>La suppression peut être annulée jusqu’au {formatInstant(removalDueAt)}.</p>
          ) : null}
          <OperatorAction
            action={retryAction.bind(null, rne, revision)}
            isOffered={remedies.canRetry}
            size="sm"
            pendingText="Relance…"
            label={
              <>
                <RotateCcw aria-hidden="true" />
                Relancer maintenant
              </>
            }
          />
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t pt-3 [&_dt]:text-muted-foreground">
            <dt>Code</dt>
            <dd className="font-mono">{view.code}</dd>
            <dt>Version</dt>
            <dd>{view.version}</dd>
            <dt>Hébergement</dt>
            <dd>
              n°{"\u00a0"}
              {cycle}
            </dd>
            {view.connection ? (
              <>
                <dt>Adresse</dt>
                <dd className="font-mono wrap-anywhere">
                  {view.connection.host}:{view.connection.port}
                </dd>
              </>
            ) : null}
          </dl>
        </CardContent>
      </Card>
      <Card>
        <CardHeader className="pb-2!">
          <CardTitle className="text-base!">Estimation de la prochaine étape</CardTitle>
        </CardHeader>
        <CardContent className="flex flex-col gap-3 text-sm">
          <p>
            {nextStep === null
              ? "Aucune étape n’est attendue de l’hébergeur."
              : `${estimateOverrideAt && !isPending ? "Fixée par l’exploitant" : "Calculée"}\u202f: ${estimate ?? "dépassée"}.`}
          </p>
          <EstimateForm
            current={estimateOverrideAt ? formatLocalInstant(estimateOverrideAt) : null}
            canSet={nextStep !== null && !isPending}
            override={overrideEstimateAction.bind(null, rne)}
            remove={removeOverrideAction.bind(null, rne)}
          />
        </CardContent>
      </Card>
    </div>
  );
}

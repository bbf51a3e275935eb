import { Clock, Hand, Hourglass } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { EstablishmentView } from "#contract/establishment.ts";
import { headlineOf } from "./headlines.ts";
import { StateBadge } from "./state-badge.tsx";
import type { Wording } from "./wording.ts";

/** The answer at a glance: where it stands, whose turn it is, when it will go on. */
export function StatusCard({ view, wording }: { view: EstablishmentView; wording: Wording }) {
  const { title, duty, isMyTurn } = headlineOf(view);
  const isDeletion = view.state === "BCDIDELETE";
  const estimate = view.nextStep && !isDeletion ? wording.estimate(view.nextStep) : null;
  return (
    <Card className={classNames("overflow-hidden", isMyTurn && "border-warning-border")}>
      <div
        className={classNames(
          "flex flex-col gap-3 border-l-4 p-4 sm:p-6",
          isMyTurn ? "border-l-warning" : STRIPES[toneOf(view)],
        )}
      >
        <div className="flex flex-wrap items-center gap-2">
          <StateBadge state={view.state} />
          {isMyTurn ? (
            <Badge tone="warning">
              <Hand aria-hidden="true" />
              Action attendue de votre part
            </Badge>
          ) : null}
        </div>
        <div role="status" className="flex flex-col gap-1">
          <h2 className="text-xl font-semibold tracking-tight text-balance sm:text-2xl">{title}</h2>
          <p className="text-muted-foreground">{duty}</p>
        </div>
        {estimate ? (
          <p className="flex items-start gap-2 text-sm">
            {estimate.isLate ? (
              <Hourglass aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
            ) : (
              <Clock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
            )}
            <span>{estimate.text}</span>
          </p>
        ) : null}
      </div>
    </Card>
  );
}

const STRIPES = {
  success: "border-l-success",
  danger: "border-l-danger",
  info: "border-l-primary",
} as const;

function toneOf({ state }: EstablishmentView): keyof typeof STRIPES {
  if (state === "BCDIREADY") return "success";
  return state === "STARTERROR" || state === "BCDIUPLOADEDERROR" ? "danger" : "info";
}

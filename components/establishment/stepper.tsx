import { Check, Circle, CircleDot, Minus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { fr } from "#components/ui/french.ts";
import type { Stage, StageStatus } from "./stages.ts";

const LOOKS = {
  done: { icon: Check, dot: "bg-success text-card", title: "text-foreground", said: "Étape terminée" },
  current: {
    icon: CircleDot,
    dot: "bg-primary text-primary-foreground",
    title: "text-foreground",
    said: "Étape en cours",
  },
  problem: {
    icon: TriangleAlert,
    dot: "bg-danger text-danger-foreground",
    title: "text-danger",
    said: "Étape en erreur",
  },
  upcoming: {
    icon: Circle,
    dot: "bg-secondary text-muted-foreground",
    title: "text-muted-foreground",
    said: "Étape à venir",
  },
  stopped: {
    icon: Minus,
    dot: "bg-secondary text-muted-foreground",
    title: "text-muted-foreground",
    said: "Étape non atteinte",
  },
} as const satisfies Record<StageStatus, object>;

/** The way of a school, from top to bottom; the current step holds what can be seen and done now. */
export function Stepper({
  stages,
  sayInstant,
  children,
}: {
  stages: readonly Stage[];
  sayInstant: (iso: string) => string;
  children: ReactNode;
}) {
  return (
    <ol className="flex flex-col">
      {stages.map((stage, index) => (
        <StepperItem key={stage.title} stage={stage} isLast={index === stages.length - 1}>
          {stage.at ? (
            <p className="text-sm text-muted-foreground">
              {stage.isCurrent && stage.status !== "done" ? "Depuis le " : "Le "}
              <time dateTime={stage.at}>{sayInstant(stage.at)}</time>
            </p>
          ) : null}
          {stage.isCurrent ? <div className="-ml-11 pt-4 sm:ml-0">{children}</div> : null}
        </StepperItem>
      ))}
    </ol>
  );
}

function StepperItem({ stage, isLast, children }: { stage: Stage; isLast: boolean; children: ReactNode }) {
  const { icon: Icon, dot, title, said } = LOOKS[stage.status];
  return (
    <li
      className="relative flex gap-3 pb-6 last:pb-0"
      {...(stage.isCurrent ? { "aria-current": "step" as const } : {})}
    >
      {isLast ? null : (
        <span
          aria-hidden="true"
          className={classNames(
            "absolute top-9 bottom-1 left-4 w-px -translate-x-1/2",
            stage.status === "done" ? "bg-success-border" : "bg-border",
            stage.isCurrent && "hidden sm:block",
          )}
        />
      )}
      <span
        aria-hidden="true"
        className={classNames("flex size-8 shrink-0 items-center justify-center rounded-full", dot)}
      >
        <Icon className="size-4.5" />
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <h3 className={classNames("font-semibold", title)}>
          <span className="sr-only">{fr(`${said} : `)}</span>
          {stage.title}
        </h3>
        {children}
      </div>
    </li>
  );
}

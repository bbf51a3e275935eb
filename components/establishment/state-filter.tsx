import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { STATES, type State } from "#contract/states.ts";
import { listAddress } from "./list-address.ts";
import { STATE_LOOKS } from "./state-looks.ts";

const DOTS = {
  info: "bg-info",
  warning: "bg-warning",
  success: "bg-success",
  danger: "bg-danger",
  neutral: "bg-muted-foreground",
} as const;

const COUNT = new Intl.NumberFormat("fr-FR");

/** How many in each state; each leads to its own. Those in trouble come first. */
export function StateFilter({
  search,
  state,
  counts,
}: {
  search: string;
  state: State | null;
  counts: Readonly<Record<State, number>>;
}) {
  const everything = STATES.reduce((sum, each) => sum + counts[each], 0);
  const shown = STATES.filter((each) => counts[each] > 0 || each === state).sort(
    (left, right) => rankOf(left) - rankOf(right),
  );
  return (
    <nav aria-label="Filtrer par état">
      <ul className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0">
        <Chip href={listAddress({ search, state: null })} isChosen={state === null} count={everything}>
          Tous
        </Chip>
        {shown.map((each) => (
          <Chip
            key={each}
            href={listAddress({ search, state: each })}
            isChosen={state === each}
            count={counts[each]}
          >
            <span
              aria-hidden="true"
              className={classNames("size-2 rounded-full", DOTS[STATE_LOOKS[each].tone])}
            />
            {STATE_LOOKS[each].label}
          </Chip>
        ))}
      </ul>
    </nav>
  );
}

function rankOf(state: State): number {
  return STATE_LOOKS[state].tone === "danger" ? 0 : 1;
}

function Chip({
  href,
  isChosen,
  count,
  children,
}: {
  href: string;
  isChosen: boolean;
  count: number;
  children: ReactNode;
}) {
  return (
    <li>
      <a
        href={href}
        aria-current={isChosen ? "true" : undefined}
        className={classNames(
          "inline-flex min-h-8 items-center whitespace-nowrap gap-2 rounded-full border px-3 py-1 text-sm transition-colors",
          isChosen ? "border-primary bg-primary-soft font-medium text-primary" : "bg-card hover:bg-muted",
        )}
      >
        {children}
        <span className={classNames("tabular-nums", isChosen ? "" : "text-muted-foreground")}>
          {COUNT.format(count)}
        </span>
      </a>
    </li>
  );
}

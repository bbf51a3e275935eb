import type { EstablishmentView } from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";

export interface ReachedStep {
  readonly state: State;
  readonly at: Date;
  readonly previousState: State | null;
  /** The step that the view itself describes: its problem, its receipt, its estimate belong here. */
  readonly isCurrent: boolean;
}

/** The steps a view tells of, oldest first; a provider that gives no history still has its current state. */
export function listReachedSteps(view: EstablishmentView): ReachedStep[] {
  // A provider may tell of a step that came while it built the view: without its problem or its receipt, it is not told yet.
  const history = view.history.filter(({ at }) => Date.parse(at) <= Date.parse(view.since));
  const entries =
    history.at(-1)?.state === view.state ? history : [...history, { state: view.state, at: view.since }];
  return entries.map((entry, index) => ({
    state: entry.state,
    at: new Date(entry.at),
    previousState: entries[index - 1]?.state ?? null,
    isCurrent: index === entries.length - 1,
  }));
}

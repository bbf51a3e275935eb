import type { EstablishmentView } from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";

type History = EstablishmentView["history"];

/** What a school's way is made of, in its fixed order. */
const STAGE_TITLES = [
  "Création du serveur",
  "Dépôt des bases",
  "Vérification des bases",
  "Ouverture du serveur",
  "Serveur en service",
] as const;

/** On which stage a state is found; those that can come from several keep the stage they came from. */
const STAGE_OF = {
  START: 0,
  STARTERROR: 0,
  BCDIDBWAIT: 1,
  BCDIDBUPLOADED: 2,
  BCDIUPLOADEDERROR: 2,
  BCDIDBUPLOADEDRIGHT: 3,
  BCDIREADY: 4,
  BCDIALTER: null,
  BCDIDELETE: null,
  BCDIDELETED: null,
} as const satisfies Record<State, number | null>;

export type StageStatus = "done" | "current" | "problem" | "upcoming" | "stopped";

export interface Stage {
  readonly title: string;
  readonly status: StageStatus;
  /** When it was over, or since when it is the current one. */
  readonly at: string | null;
  readonly isCurrent: boolean;
}

const PROBLEMS: readonly State[] = ["STARTERROR", "BCDIUPLOADEDERROR"];

/** The stages of the hosting that is under way, from the view's history. */
export function listStages(view: EstablishmentView): Stage[] {
  const history = currentCycle(view);
  const isEnding = view.state === "BCDIDELETE" || view.state === "BCDIDELETED";
  const reached = [...history].reverse().find((entry) => STAGE_OF[entry.state] !== null);
  const position = (reached && STAGE_OF[reached.state]) ?? 0;
  const stages = STAGE_TITLES.map((title, index): Stage => {
    const isCurrent = index === position && !isEnding;
    const status = statusOf(view.state, { index, position, isCurrent, isEnding });
    const at = isCurrent ? view.since : status === "done" ? endOf(history, index) : null;
    return { title, status, at, isCurrent };
  });
  if (!isEnding) return stages;
  const isOver = view.state === "BCDIDELETED";
  const status = isOver ? "done" : "current";
  return [...stages, { title: "Suppression", status, at: view.since, isCurrent: true }];
}

function statusOf(
  state: State,
  place: { index: number; position: number; isCurrent: boolean; isEnding: boolean },
): StageStatus {
  const { index, position, isCurrent, isEnding } = place;
  if (isCurrent) return PROBLEMS.includes(state) ? "problem" : state === "BCDIREADY" ? "done" : "current";
  if (index < position) return "done";
  if (!isEnding) return "upcoming";
  return index === position && position === STAGE_TITLES.length - 1 ? "done" : "stopped";
}

/** A stage is over when a later one is first reached after it. */
function endOf(history: History, index: number): string | null {
  const last = history.findLastIndex((entry) => STAGE_OF[entry.state] === index);
  const later = history.slice(last + 1).find((entry) => (STAGE_OF[entry.state] ?? -1) > index);
  return later?.at ?? history[last]?.at ?? null;
}

function currentCycle({ history }: EstablishmentView): History {
  const ended = history.slice(0, -1).findLastIndex((entry) => entry.state === "BCDIDELETED");
  return history.slice(ended + 1);
}

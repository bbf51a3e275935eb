import type { Operation } from "#hosting/provisioner/port.ts";
import type { FaultOutcome } from "#tests/provisioner/double.ts";
import { checkFiles } from "./predict-check.ts";
import { RETRY_DELAYS_MS } from "./protocol-table.ts";
import { enter, isHalf, type Stand, withStatus } from "./stand.ts";

/** How the operations of a run end: the first one, and the one that may follow it (remove; putting back). */
export interface Outcomes {
  readonly first: FaultOutcome;
  readonly second: FaultOutcome;
}

/** What a run does to the establishment: everything of one of these commits together. */
export type Effect =
  | { readonly kind: "step"; readonly stand: Stand }
  /** The same change is worked on again, later: by a new job, the second part of the effect. */
  | { readonly kind: "later"; readonly stand: Stand; readonly failures: number };

export const KILLS: readonly FaultOutcome[] = ["killed before", "killed midway", "killed after"];
const PASSING: readonly FaultOutcome[] = ["transient failure", "answer lost"];

const GIVEN_UP = {
  START: ["STARTERROR", "installation_failed"],
  BCDIDBUPLOADED: ["BCDIUPLOADEDERROR", "mounting_failed"],
  BCDIDBUPLOADEDRIGHT: ["BCDIUPLOADEDERROR", "opening_failed"],
} as const;

/** What a run of the present change's job does, `failures` runs having failed before it; it is not killed. */
export function predictRun(stand: Stand, failures: number, outcomes: Outcomes, now: number): Effect {
  const { state } = stand;
  if (state === "BCDIDELETE") return predictRemoval(stand, failures, outcomes, now);
  const checked = state === "BCDIDBUPLOADED" ? checkFiles(stand.files) : null;
  if (checked?.isRejected) {
    const rejected = { files: checked.files, problem: "rejected" };
    return { kind: "step", stand: enter(stand, "BCDIUPLOADEDERROR", rejected) };
  }
  if (outcomes.first === "done") return { kind: "step", stand: succeed(stand) };
  const kept = checked ? { ...stand, files: unmounted(stand) } : stand;
  if (PASSING.includes(outcomes.first) && failures < RETRY_DELAYS_MS.length)
    return { kind: "later", stand: kept, failures: failures + 1 };
  return { kind: "step", stand: giveUp(kept) };
}

/** A job that brings its workers down is not begun once more. */
export function predictDeadly(stand: Stand, failures: number): Effect {
  if (stand.state !== "BCDIDELETE") return { kind: "step", stand: giveUp(stand) };
  return { kind: "later", stand: { ...stand, problem: "removal_failed" }, failures: failures + 1 };
}

function succeed(stand: Stand): Stand {
  const { state, pending, alterFrom, licence } = stand;
  if (state === "START") return enter(stand, "BCDIDBWAIT", { problem: null });
  if (state === "BCDIDBUPLOADED") {
    const files = stand.files.map((file) => withStatus(file, "mounted"));
    return enter(stand, "BCDIDBUPLOADEDRIGHT", { files, problem: null });
  }
  if (state === "BCDIDBUPLOADEDRIGHT") return enter(stand, "BCDIREADY", { problem: null });
  if (state !== "BCDIALTER" || !alterFrom) throw new Error(`no work in ${state}`);
  const changed = { licence: pending ?? licence, pending: null, alterFrom: null, problem: null };
  return enter(stand, alterFrom, changed);
}

function giveUp(stand: Stand): Stand {
  const { state, alterFrom } = stand;
  if (state === "START" || state === "BCDIDBUPLOADED" || state === "BCDIDBUPLOADEDRIGHT") {
    const [to, problem] = GIVEN_UP[state];
    return enter(stand, to, { problem });
  }
  if (state !== "BCDIALTER" || !alterFrom) throw new Error(`no work in ${state}`);
  return enter(stand, alterFrom, { pending: null, alterFrom: null, problem: "alteration_failed" });
}

function predictRemoval(stand: Stand, failures: number, { first, second }: Outcomes, now: number): Effect {
  if (now < (stand.removalDueAt ?? 0)) return { kind: "later", stand, failures: 0 };
  const files = archived(stand);
  if (first !== "done" || second !== "done")
    return { kind: "later", stand: { ...stand, files, problem: "removal_failed" }, failures: failures + 1 };
  const ended = { problem: null, deleteFrom: null, alterFrom: null, pending: null };
  return { kind: "step", stand: enter(stand, "BCDIDELETED", { ...ended, files }) };
}

/** After a mounting that did not succeed the record of a whole file may say either. */
export function unmounted({ files }: Stand) {
  return files.map((file) => withStatus(file, ...file.statuses, "received"));
}

/** Once the archives are written, the record of a base that was found among them says that it was mounted. */
export function archived({ files }: Stand) {
  return files.map((file) =>
    file.notices === null || isHalf(file) ? file : withStatus(file, ...file.statuses, "mounted"),
  );
}

/** The operation whose outcome is `second`. */
export function isSecond(operation: Operation, nth: number): boolean {
  return operation === "remove" || (operation === "alter" && nth > 1);
}

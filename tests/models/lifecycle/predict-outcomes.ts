import type { Run } from "./jobs.ts";
import { checkedInPart } from "./predict-check.ts";
import { archived, type Effect, KILLS, type Outcomes, predictDeadly, predictRun } from "./predict-run.ts";
import { MOST_DEATHS } from "./protocol-table.ts";
import type { Stand } from "./stand.ts";

export interface Delivery {
  readonly failures: number;
  readonly deaths: number;
  /** A job that is replayed is not in the queue, and stays out of it. */
  readonly isQueued: boolean;
  /** Whether the process was to be killed at a call of the database. */
  readonly mayDieAnywhere: boolean;
  readonly now: number;
}

export function predictEffect(stand: Stand, { failures, deaths, now }: Delivery, met: Outcomes): Effect {
  if (deaths >= MOST_DEATHS) return predictDeadly(stand, failures);
  return predictRun(stand, failures, { first: survived(met.first), second: survived(met.second) }, now);
}

const survived = (outcome: Outcomes["first"]) => (KILLS.includes(outcome) ? "done" : outcome);

/** Where a run of the present change's job may leave the establishment: in one stand, unless it was killed. */
export function predictOutcomes(stand: Stand, delivery: Delivery, { end, met }: Run): readonly Stand[] {
  const effect = predictEffect(stand, delivery, met);
  if (end === "ran") {
    const jobs = delivery.isQueued ? without(stand.jobs, delivery.failures) : stand.jobs;
    return [finished(effect, jobs)];
  }
  const untouched = overtaken(stand);
  if (!delivery.mayDieAnywhere) return [untouched];
  // The queue delivers the job again, with the new one where that was enqueued already.
  return [
    untouched,
    { ...effect.stand, jobs: effect.kind === "step" ? effect.stand.jobs : stand.jobs },
    finished(effect, stand.jobs),
  ];
}

function finished(effect: Effect, jobs: readonly number[]): Stand {
  return effect.kind === "later" ? { ...effect.stand, jobs: [...jobs, effect.failures] } : effect.stand;
}

/** Nothing happened but perhaps some verdicts, where files were being checked, or archives, where they were written. */
export function overtaken(stand: Stand, during = stand.state): Stand {
  if (during === "BCDIDELETE") return { ...stand, files: archived(stand) };
  return during === "BCDIDBUPLOADED" ? { ...stand, files: checkedInPart(stand.files) } : stand;
}

function without(jobs: readonly number[], failures: number): number[] {
  const index = jobs.indexOf(failures);
  return jobs.filter((_, other) => other !== index);
}

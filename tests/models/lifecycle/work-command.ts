import { expect } from "vitest";
import type { QueuedJob } from "#tests/hosting/queued-jobs.ts";
import { ALL_DONE, type RunOptions, workOff } from "./jobs.ts";
import { type Command, type Model, settle } from "./model.ts";
import { type Delivery, predictEffect, predictOutcomes } from "./predict-outcomes.ts";
import { REMOVE_DELAYS_MS, RETRY_DELAYS_MS } from "./protocol-table.ts";
import type { School } from "./school.ts";
import type { Stand } from "./stand.ts";

/** With it the deaths of runs in a row are spread over all calls of a step. */
export const STRIDE_CALLS = 7;

/**
 * A worker takes the job of the present change once it is due, some times in a row if the state stays the same. Where
 * it is to be killed, the next one is killed some calls later.
 */
export class Work implements Command {
  readonly options: RunOptions;
  readonly times: number;

  constructor(options: RunOptions = {}, times = 1) {
    this.options = options;
    this.times = times;
  }

  check({ stand }: Readonly<Model>): boolean {
    return stand.jobs.length > 0;
  }

  async run(model: Model, school: School): Promise<void> {
    const { steps } = model.stand;
    for (let nth = 0; nth < this.times && model.stand.steps.length === steps.length; nth += 1) {
      const [job] = model.seen.jobs;
      if (!job) return;
      school.world.waitUntil(job.startAfter.getTime());
      const { death } = this.options;
      const later = death ? { ...death, atCall: death.atCall + nth * STRIDE_CALLS } : null;
      await runPresent(model, school, job, { ...this.options, death: later });
    }
  }

  toString(): string {
    const { outcomes = ALL_DONE, death } = this.options;
    const killed = death ? `, killed ${death.when} call ${death.atCall}` : "";
    return `work(${outcomes.first}, ${outcomes.second}${killed}${this.times > 1 ? `, ${this.times} times` : ""})`;
  }
}

/** Runs a live job of the present change now, due or not. */
export async function runPresent(
  model: Model,
  school: School,
  job: QueuedJob,
  options: RunOptions = {},
): Promise<void> {
  const { world } = school;
  const { stand, seen } = model;
  const delivery: Delivery = {
    failures: job.payload.failures,
    deaths: job.deaths,
    isQueued: true,
    mayDieAnywhere: Boolean(options.death),
    now: world.now(),
  };
  const run = await workOff(world, job, options);
  if (run.end === "ran") school.finished.push(job);
  const after = await settle(model, school, predictOutcomes(stand, delivery, run));
  const effect = predictEffect(stand, delivery, run.met);
  if (run.end === "killed" || effect.kind === "step") return;
  const known = seen.jobs.map(({ id }) => id);
  const added = after.jobs.filter(({ id }) => !known.includes(id));
  expect(added.length, "one job more").toBe(1);
  const waitedMs = (added[0]?.startAfter.getTime() ?? 0) - delivery.now;
  const delayMs = delayOf(stand, delivery, effect.failures);
  expect(waitedMs, `the delay after failure ${effect.failures}`).toBeGreaterThanOrEqual(delayMs);
  expect(waitedMs).toBeLessThanOrEqual(delayMs + world.now() - delivery.now);
}

function delayOf({ state, removalDueAt }: Stand, { now }: Delivery, failures: number): number {
  if (failures === 0) return (removalDueAt ?? 0) - now;
  const delays = state === "BCDIDELETE" ? REMOVE_DELAYS_MS : RETRY_DELAYS_MS;
  return delays[Math.min(failures, delays.length) - 1] ?? Number.NaN;
}

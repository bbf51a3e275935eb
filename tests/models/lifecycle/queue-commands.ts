import { reviveHosting } from "#hosting/jobs/revive.ts";
import { ALL_DONE, deliver, workOff } from "./jobs.ts";
import { type Command, type Model, settle } from "./model.ts";
import { predictOutcomes } from "./predict-outcomes.ts";
import type { School } from "./school.ts";
import { runPresent } from "./work-command.ts";

/** The jobs of changes that are past come at last: they find that their moment is over. */
export class WorkLate implements Command {
  check({ seen }: Readonly<Model>): boolean {
    return seen.late.length > 0;
  }

  async run(model: Model, school: School): Promise<void> {
    for (const job of model.seen.late) await workOff(school.world, job);
    await settle(model, school, [model.stand]);
  }

  toString = () => "work late";
}

/** A job that was worked off is delivered once more: harmless, or, while its change is the present one, as good. */
export class Replay implements Command {
  readonly back: number;

  constructor(back: number) {
    this.back = back;
  }

  check({ stand }: Readonly<Model>): boolean {
    return stand.steps.length > 1;
  }

  async run(model: Model, school: School): Promise<void> {
    const { finished, world } = school;
    const job = finished.at(-1 - (this.back % Math.max(1, finished.length)));
    if (!job) return;
    const { stand, seen } = model;
    const isPresent = job.payload.revision === String(seen.establishment.revision);
    const { failures } = job.payload;
    const delivery = {
      failures,
      deaths: job.deaths,
      isQueued: false,
      mayDieAnywhere: false,
      now: world.now(),
    };
    const run = await deliver(world, job, { outcomes: ALL_DONE });
    await settle(model, school, isPresent ? predictOutcomes(stand, delivery, run) : [stand]);
  }

  toString(): string {
    return `replay(${this.back})`;
  }
}

/** The removal's job comes while the grace period lasts, as where the database's clock runs ahead. */
export class WorkEarly implements Command {
  check({ stand, now }: Readonly<Model>): boolean {
    return stand.state === "BCDIDELETE" && now < (stand.removalDueAt ?? 0);
  }

  async run(model: Model, school: School): Promise<void> {
    const [job] = model.seen.jobs;
    if (job) await runPresent(model, school, job);
  }

  toString = () => "work early";
}

/** The grace period goes by. */
export class PassGrace implements Command {
  check({ stand, now }: Readonly<Model>): boolean {
    return stand.state === "BCDIDELETE" && now < (stand.removalDueAt ?? 0);
  }

  async run(model: Model, school: School): Promise<void> {
    school.world.waitUntil(model.stand.removalDueAt ?? 0);
    await settle(model, school, [model.stand]);
  }

  toString = () => "pass the grace period";
}

/** The net below the queue looks for states without a job: there are none. */
export class Revive implements Command {
  check({ stand }: Readonly<Model>): boolean {
    return stand.jobs.length > 0;
  }

  async run(model: Model, school: School): Promise<void> {
    const { world } = school;
    world.waitUntil(world.now() + 5 * 60_000);
    await reviveHosting(world.context);
    await settle(model, school, [model.stand]);
  }

  toString = () => "revive";
}

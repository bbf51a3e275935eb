import { expect } from "vitest";
import { CallCommand } from "./call-command.ts";
import { ALL_DONE, workOff } from "./jobs.ts";
import { type Command, type Model, settle } from "./model.ts";
import { predictCall } from "./predict-call.ts";
import { predictOutcomes } from "./predict-outcomes.ts";
import { callSchool, type School } from "./school.ts";

/** A deletion that is thought better of at once. */
export class DeleteAndCancel implements Command {
  check({ stand }: Readonly<Model>): boolean {
    return stand.state !== "BCDIDELETED" && stand.state !== "BCDIDELETE";
  }

  async run(model: Model, school: School): Promise<void> {
    const from = model.stand.state;
    await new CallCommand({ call: "remove" }).run(model, school);
    await new CallCommand({ call: "cancel" }).run(model, school);
    expect(model.stand.state, "back where it came from").toBe(from);
  }

  toString = () => "delete and cancel";
}

/** A cancellation in the last moment of the grace period, while the worker comes for the removal. */
export class CancelAtTheEdge implements Command {
  readonly earlyMs: number;

  constructor(earlyMs: number) {
    this.earlyMs = earlyMs;
  }

  check({ stand, now }: Readonly<Model>): boolean {
    return stand.state === "BCDIDELETE" && now < (stand.removalDueAt ?? 0) - this.earlyMs;
  }

  async run(model: Model, school: School): Promise<void> {
    const { world } = school;
    const { stand, seen } = model;
    const [job] = seen.jobs;
    const dueAt = stand.removalDueAt ?? 0;
    if (!job) return;
    world.waitUntil(dueAt - this.earlyMs);
    const [answer, run] = await Promise.all([callSchool(school, "cancel"), workOff(world, job)]);
    expect([200, 409]).toContain(answer.status);
    const cancelled = predictCall(stand, { call: "cancel" }, dueAt - 1).stand;
    const delivery = {
      failures: job.payload.failures,
      deaths: job.deaths,
      isQueued: true,
      mayDieAnywhere: false,
    };
    const removed = predictOutcomes(stand, { ...delivery, now: dueAt }, { ...run, met: ALL_DONE });
    const postponed = predictOutcomes(stand, { ...delivery, now: dueAt - 1 }, { ...run, met: ALL_DONE });
    await settle(model, school, answer.status === 200 ? [cancelled] : [...removed, ...postponed]);
  }

  toString(): string {
    return `cancel at the edge(${this.earlyMs} ms)`;
  }
}

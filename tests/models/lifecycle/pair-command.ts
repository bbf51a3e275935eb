import { expect } from "vitest";
import type { QueuedJob } from "#tests/hosting/queued-jobs.ts";
import { send } from "./call-command.ts";
import { makeFile, sendFile, withFile } from "./deposit-file.ts";
import { ALL_DONE, workOff } from "./jobs.ts";
import { type Command, type Model, settle } from "./model.ts";
import { predictCall, type Request } from "./predict-call.ts";
import { overtaken, predictOutcomes } from "./predict-outcomes.ts";
import { DEPOSIT_OPEN } from "./protocol-table.ts";
import { callCreate, type School } from "./school.ts";
import type { FileStand, Stand } from "./stand.ts";

export type Side = Request | { readonly call: "work" } | { readonly call: "begin a file" };

interface Part {
  readonly side: Side;
  /** What it begins to send, if it does. */
  readonly file: FileStand;
}

const BEGUN = { fileName: "manuels.zip", isBase: true, isHalf: true };

interface Moment {
  readonly stand: Stand;
  readonly job: QueuedJob | undefined;
  readonly now: number;
}

/** Two things at once: they leave what one of the two orders would leave. */
export class Pair implements Command {
  readonly sides: readonly [Side, Side];

  constructor(one: Side, other: Side) {
    this.sides = [one, other];
  }

  check({ stand }: Readonly<Model>): boolean {
    return stand.jobs.length > 0 || this.sides.every(({ call }) => call !== "work");
  }

  async run(model: Model, school: School): Promise<void> {
    const { world } = school;
    const [job] = model.seen.jobs;
    if (job && this.sides.some(({ call }) => call === "work")) world.waitUntil(job.startAfter.getTime());
    const moment: Moment = { stand: model.stand, job, now: world.now() };
    const one = { side: this.sides[0], file: makeFile(BEGUN) };
    const other = { side: this.sides[1], file: makeFile(BEGUN) };
    await Promise.all([begin(school, one, job), begin(school, other, job)]);
    await learnKey(school, moment.stand.cycle);
    const after = (first: Part, second: Part) =>
      predictPart(second, predictPart(first, moment.stand, moment), moment);
    await settle(model, school, [after(one, other), after(other, one)]);
  }

  toString(): string {
    return `at once(${this.sides.map((side) => JSON.stringify(side))})`;
  }
}

/** A hosting that began meanwhile has another key: asked again, the creation says it. */
async function learnKey(school: School, cycle: number): Promise<void> {
  const { rne, world } = school;
  const found = await world.db.establishment.findUniqueOrThrow({ where: { rne } });
  if (found.cycle === cycle) return;
  const { griffe, code, version } = found;
  const { status, key } = await callCreate(school, { griffe, code, version });
  expect(status).toBe(200);
  school.key = key ?? "";
}

async function begin(school: School, { side, file }: Part, job: QueuedJob | undefined): Promise<void> {
  if (side.call === "work") {
    if (!job) return;
    await workOff(school.world, job);
    school.finished.push(job);
  } else if (side.call === "begin a file") {
    await sendFile(school, file).catch((failure: unknown) =>
      expect(failure).toMatchObject({ code: "state_conflict" }),
    );
  } else expect([200, 401, 404, 409]).toContain((await send(school, side)).status);
}

function predictPart({ side, file }: Part, stand: Stand, moment: Moment): Stand {
  if (side.call === "begin a file") return DEPOSIT_OPEN.includes(stand.state) ? withFile(stand, file) : stand;
  if (side.call !== "work") {
    // The key that it is called with belongs to the hosting that has ended.
    const isDead = stand.cycle !== moment.stand.cycle && side.call !== "create";
    return isDead ? stand : predictCall(stand, side, moment.now).stand;
  }
  // The job is of the change at which both began.
  if (!moment.job || stand.steps.length !== moment.stand.steps.length)
    return overtaken(stand, moment.stand.state);
  const { deaths, payload } = moment.job;
  const delivery = {
    failures: payload.failures,
    deaths,
    isQueued: true,
    mayDieAnywhere: false,
    now: moment.now,
  };
  const [outcome = stand] = predictOutcomes(stand, delivery, { end: "ran", met: ALL_DONE });
  return outcome;
}

import { expect } from "vitest";
import type { EstablishmentView } from "#contract/establishment.ts";
import { type Command, type Model, settle } from "./model.ts";
import { type Prediction, predictCall, type Request } from "./predict-call.ts";
import { type Answer, callCreate, callSchool, type School } from "./school.ts";

/** A call of the API. Unless it insists, it is made only where it is granted. */
export class CallCommand implements Command {
  readonly request: Request;
  readonly isInsistent: boolean;

  constructor(request: Request, isInsistent = true) {
    this.request = request;
    this.isInsistent = isInsistent;
  }

  check({ stand, now }: Readonly<Model>): boolean {
    return this.isInsistent || predictCall(stand, this.request, now).status === 200;
  }

  async run(model: Model, school: School): Promise<void> {
    const { stand, now } = model;
    const prediction = predictCall(stand, this.request, now);
    const before = await callSchool(school, "read");
    const answer = await send(school, this.request);
    checkAnswer(answer, prediction);
    if (prediction.stand === stand) {
      const after = await callSchool(school, "read");
      expect(lasting(after.view), "nothing changes").toEqual(lasting(before.view));
      if (answer.view)
        expect(lasting(answer.view), "said again, it answers the same").toEqual(lasting(before.view));
    }
    if (this.request.call === "create") await checkKey(school, answer, prediction.stand.cycle > stand.cycle);
    await settle(model, school, [prediction.stand]);
  }

  toString(): string {
    const { call, ...rest } = this.request;
    return `${call}(${Object.values(rest).map((value) => JSON.stringify(value))})`;
  }
}

export function send(school: School, request: Request): Promise<Answer> {
  if (request.call === "create") return callCreate(school, request.licence);
  return callSchool(school, request.call, request.call === "change" ? request.changes : undefined);
}

function checkAnswer(answer: Answer, { status, code, stand, isBrief }: Prediction): void {
  expect({ status: answer.status, code: answer.problem?.code }).toEqual({ status, code });
  if (status === 200) expect(answer.view?.state).toBe(stand.state);
  if (isBrief) expect(answer.retryAfter, "waiting helps").toMatch(/^\d+$/);
}

/** The same data, the same key; another hosting, another key, and the old one opens nothing any more. */
async function checkKey(school: School, answer: Answer, isNewCycle: boolean): Promise<void> {
  if (answer.status !== 200) return;
  if (!isNewCycle) return expect(answer.key).toBe(school.key);
  expect((await callSchool(school, "read")).status, "the key of an ended hosting is dead").toBe(401);
  school.key = answer.key ?? "";
}

/** What is announced for later moves on with the clock; the rest changes with a step only. */
function lasting(view: EstablishmentView | null): Omit<EstablishmentView, "nextStep"> | null {
  if (!view) return null;
  const { nextStep: _, ...rest } = view;
  return rest;
}

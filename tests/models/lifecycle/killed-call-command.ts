import { expect } from "vitest";
import { hostingProcess } from "#hosting/context.ts";
import { send } from "./call-command.ts";
import { type Command, type Model, settle } from "./model.ts";
import type { Death } from "./mortal.ts";
import { predictCall, type Request } from "./predict-call.ts";
import { callCreate, type School } from "./school.ts";

/** A call in the middle of which the server is killed: all of it happens, or nothing. */
export class KilledCallCommand implements Command {
  readonly request: Request;
  readonly death: Death;

  constructor(request: Request, death: Death) {
    this.request = request;
    this.death = death;
  }

  check({ stand, now }: Readonly<Model>): boolean {
    const { status, stand: next } = predictCall(stand, this.request, now);
    return status === 200 && next !== stand;
  }

  async run(model: Model, school: School): Promise<void> {
    const { world } = school;
    const { stand: next } = predictCall(model.stand, this.request, model.now);
    const server = world.openProcess(() => "done", this.death);
    // A handler asks for its process once, when it is called.
    hostingProcess.provide(server.context);
    const answered = send(school, this.request).then(({ status }) => status);
    hostingProcess.provide(world.context);
    const end = await Promise.race([answered, server.mortal.died]);
    if (end === "killed") await server.bury();
    else expect(end).toBe(200);
    if (this.request.call === "create") await this.#askAgain(school);
    const isCertain = end !== "killed" || this.request.call === "create";
    await settle(model, school, isCertain ? [next] : [model.stand, next]);
  }

  /** What CYBER does without an answer. */
  async #askAgain(school: School): Promise<void> {
    if (this.request.call !== "create") return;
    const { status, key } = await callCreate(school, this.request.licence);
    expect(status).toBe(200);
    school.key = key ?? "";
  }

  toString(): string {
    return `${this.request.call}, killed ${this.death.when} call ${this.death.atCall}`;
  }
}

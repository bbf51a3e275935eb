import { expect } from "vitest";
import { removeFile } from "#hosting/deposit/remove-file.ts";
import { type FileKind, makeFile, receive, sendFile, withFile } from "./deposit-file.ts";
import { type Command, type Model, settle } from "./model.ts";
import { DEPOSIT_OPEN } from "./protocol-table.ts";
import { callSchool, type School } from "./school.ts";
import { isHalf, type Stand, withStatus } from "./stand.ts";

const MOST_FILES = 4;
const CLOSED = { code: "state_conflict" };
const isOpen = ({ state }: Stand) => DEPOSIT_OPEN.includes(state);

/** Sends one file more; where the deposit is closed, it is refused. */
export class Deposit implements Command {
  readonly kind: FileKind;

  constructor(kind: FileKind) {
    this.kind = kind;
  }

  check({ stand }: Readonly<Model>): boolean {
    return stand.files.length < MOST_FILES;
  }

  async run(model: Model, school: School): Promise<void> {
    const file = makeFile(this.kind);
    if (!isOpen(model.stand)) {
      await expect(sendFile(school, file)).rejects.toMatchObject(CLOSED);
      return void (await settle(model, school, [model.stand]));
    }
    await sendFile(school, file);
    await settle(model, school, [withFile(model.stand, file)]);
  }

  toString(): string {
    const { fileName, isBase, isHalf: half } = this.kind;
    return `deposit(${half ? "half of " : ""}${isBase ? "" : "broken "}${fileName})`;
  }
}

/** Sends what is missing of a half-sent file. */
export class SendRest implements Command {
  check({ stand }: Readonly<Model>): boolean {
    return isOpen(stand) && stand.files.some(isHalf);
  }

  async run(model: Model, school: School): Promise<void> {
    const file = model.stand.files.find(isHalf);
    if (!file) throw new Error("no half-sent file");
    await receive(school, file, file.bytes.length);
    const files = model.stand.files.map((other) => (other === file ? withStatus(file, "received") : other));
    await settle(model, school, [{ ...model.stand, files }]);
  }

  toString = () => "send the rest";
}

/** Takes the last file out of the deposit, or the first one that was rejected. */
export class TakeOut implements Command {
  check({ stand }: Readonly<Model>): boolean {
    return stand.files.length > 0;
  }

  async run(model: Model, school: School): Promise<void> {
    const { stand } = model;
    const file = stand.files.find(({ statuses }) => statuses.includes("rejected")) ?? stand.files.at(-1);
    const { context, db } = school.world;
    const establishment = await db.establishment.findUniqueOrThrow({ where: { rne: school.rne } });
    const removed = removeFile(context, { establishment, id: file?.id ?? "" });
    if (isOpen(stand)) await removed;
    else await expect(removed).rejects.toMatchObject(CLOSED);
    const files = isOpen(stand) ? stand.files.filter((other) => other !== file) : stand.files;
    await settle(model, school, [{ ...stand, files }]);
  }

  toString = () => "take out";
}

/** Makes the last file the main one. */
export class Reorder implements Command {
  check({ stand }: Readonly<Model>): boolean {
    return stand.files.length > 1;
  }

  async run(model: Model, school: School): Promise<void> {
    const { stand } = model;
    const files = [...stand.files.slice(-1), ...stand.files.slice(0, -1)];
    const { status } = await callSchool(school, "order", { order: files.map(({ id }) => id) });
    expect(status).toBe(isOpen(stand) ? 200 : 409);
    await settle(model, school, [isOpen(stand) ? { ...stand, files } : stand]);
  }

  toString = () => "reorder";
}

import type { FaultOutcome } from "#tests/provisioner/double.ts";
import { CallCommand } from "./call-command.ts";
import { DeleteAndCancel } from "./deletion-commands.ts";
import { Deposit } from "./deposit-commands.ts";
import { GoOn } from "./go-on.ts";
import type { Command } from "./model.ts";
import { PassGrace, WorkLate } from "./queue-commands.ts";
import { Work } from "./work-command.ts";

const work = (first: FaultOutcome = "done", second: FaultOutcome = "done") =>
  new Work({ outcomes: { first, second } });
const change = new CallCommand({ call: "change", changes: { griffe: "LYCEE ÉMILE ZOLA" } });
const complete = new CallCommand({ call: "complete" });
const remove = new CallCommand({ call: "remove" });
const file = (fileName: string, isBase = true) => new Deposit({ fileName, isBase, isHalf: false });

const waiting = [work()];
const uploaded = [...waiting, file("data.zip"), file("travail.zip"), complete];
const right = [...uploaded, work()];
const ready = [...right, work()];

/** Where the sequences begin, so that the late states are disturbed as often as the early ones. */
export const STARTS: readonly { readonly name: string; readonly way: readonly Command[] }[] = [
  { name: "START", way: [] },
  { name: "BCDIDBWAIT", way: waiting },
  { name: "BCDIDBUPLOADED", way: uploaded },
  { name: "BCDIDBUPLOADEDRIGHT", way: right },
  { name: "BCDIREADY", way: ready },
  { name: "BCDIALTER of an empty server", way: [...waiting, change] },
  { name: "BCDIALTER of an open server", way: [...ready, change] },
  { name: "STARTERROR", way: [work("permanent failure")] },
  {
    name: "BCDIUPLOADEDERROR by a file",
    way: [...waiting, file("data.zip"), file("travail.zip", false), complete, work()],
  },
  { name: "BCDIUPLOADEDERROR by hosting", way: [...right, work("permanent failure")] },
  { name: "BCDIDELETE", way: [...ready, remove] },
  { name: "BCDIDELETE, failed once", way: [...ready, remove, work("transient failure")] },
  { name: "BCDIDELETE, cut in the middle", way: [...ready, remove, work("done", "killed midway")] },
  { name: "BCDIDELETED", way: [...ready, remove, work()] },
];

/** From each start once: what leads, all of them together, along every transition. */
export const TOUR: readonly Command[] = [
  new DeleteAndCancel(),
  new WorkLate(),
  new PassGrace(),
  new CallCommand({ call: "cancel" }),
  // Done each time but for the answer: only what is put back afterwards tells it from a success.
  new Work({ outcomes: { first: "answer lost", second: "done" } }, 4),
  ...Array.from({ length: 8 }, () => new GoOn()),
];

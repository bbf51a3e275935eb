import fc from "fast-check";
import { FAULT_OUTCOMES } from "#tests/provisioner/double.ts";
import { CallCommand } from "./call-command.ts";
import { CancelAtTheEdge, DeleteAndCancel } from "./deletion-commands.ts";
import { Deposit, Reorder, SendRest, TakeOut } from "./deposit-commands.ts";
import { GoOn } from "./go-on.ts";
import { KilledCallCommand } from "./killed-call-command.ts";
import type { Command } from "./model.ts";
import { Pair, type Side } from "./pair-command.ts";
import type { Request } from "./predict-call.ts";
import { MOST_DEATHS } from "./protocol-table.ts";
import { PassGrace, Replay, Revive, WorkEarly, WorkLate } from "./queue-commands.ts";
import { STRIDE_CALLS, Work } from "./work-command.ts";

const MOST_COMMANDS = 20;
/** With STRIDE_CALLS between them: as far as the longest step goes. */
const MOST_KILLED = 5;

const griffe = fc.constantFrom("LYCEE ZOLA", "LYCEE ÉMILE ZOLA");
const code = fc.constantFrom("ABCDEFGH", "HGFEDCBA");
const licence = fc.record({ griffe, code, version: fc.constant("CL") });
const request: fc.Arbitrary<Request> = fc.oneof(
  fc.record({ call: fc.constant("create" as const), licence }),
  fc.record({
    call: fc.constant("change" as const),
    changes: fc.record({ griffe, code }, { requiredKeys: ["griffe"] }),
  }),
  fc.record({ call: fc.constantFrom("remove", "cancel", "retry", "complete" as const) }),
);
const death = fc.record({
  atCall: fc.integer({ min: 1, max: 24 }),
  when: fc.constantFrom("before", "after" as const),
});
const firstDeath = fc.record({
  atCall: fc.integer({ min: 1, max: STRIDE_CALLS }),
  when: fc.constantFrom("before", "after" as const),
});
const outcome = fc.constantFrom("done", "done", ...FAULT_OUTCOMES);
const survivable = fc.constantFrom("done", "done", "transient failure", "permanent failure" as const);
const side: fc.Arbitrary<Side> = fc.oneof(
  request,
  fc.record({ call: fc.constantFrom("work", "begin a file" as const) }),
);
/** Those that are after the same thing meet too seldom by chance. */
const rivals: fc.Arbitrary<[Side, Side]> = fc.constantFrom<[Side, Side]>(
  [{ call: "retry" }, { call: "begin a file" }],
  [{ call: "complete" }, { call: "begin a file" }],
  [{ call: "retry" }, { call: "complete" }],
  [{ call: "work" }, { call: "work" }],
  [{ call: "work" }, { call: "remove" }],
  [{ call: "cancel" }, { call: "remove" }],
);
const torn = { first: "answer lost", second: "done" } as const;
const deadly = { first: "killed before", second: "killed before" } as const;
const passing = { first: "transient failure", second: "transient failure" } as const;

/** Each as often as it is worth: what goes on often enough that every state is disturbed. */
const choices: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [5, fc.constant(new GoOn())],
  [2, fc.record({ first: outcome, second: outcome }).map((outcomes) => new Work({ outcomes }))],
  [
    3,
    fc
      .record({ outcomes: fc.record({ first: survivable, second: survivable }), death: firstDeath })
      .map((options) => new Work(options, MOST_KILLED)),
  ],
  [1, fc.constantFrom(passing, torn).map((outcomes) => new Work({ outcomes }, 4))],
  [1, fc.constant(new Work({ outcomes: deadly }, MOST_DEATHS + 1))],
  [3, fc.tuple(request, fc.nat({ max: 2 })).map(([asked, n]) => new CallCommand(asked, n === 0))],
  [1, fc.tuple(request, death).map((given) => new KilledCallCommand(...given))],
  [
    2,
    fc
      .record({
        fileName: fc.constantFrom("data.zip", "travail.zip"),
        isBase: fc.constantFrom(true, true, false),
        isHalf: fc.constantFrom(false, false, true),
      })
      .map((kind) => new Deposit(kind)),
  ],
  [1, fc.constantFrom(new SendRest(), new TakeOut(), new Reorder())],
  [1, fc.constantFrom(new WorkLate(), new WorkEarly(), new PassGrace(), new Revive())],
  [1, fc.nat({ max: 5 }).map((back) => new Replay(back))],
  [2, fc.tuple(side, side).map((sides) => new Pair(...sides))],
  [2, rivals.map((sides) => new Pair(...sides))],
  [1, fc.constant(new DeleteAndCancel())],
  [1, fc.integer({ min: 1, max: 12 }).map((earlyMs) => new CancelAtTheEdge(earlyMs))],
];

export const commands = fc.commands(
  choices.flatMap(([weight, choice]) => Array.from({ length: weight }, () => choice)),
  { maxCommands: MOST_COMMANDS, size: "max" },
);

import { expect } from "vitest";
import type { Model } from "./model.ts";
import { WorkLate } from "./queue-commands.ts";
import type { School } from "./school.ts";
import { Work } from "./work-command.ts";

const MOST_RUNS = 20;
/** Where nobody has to act, or the school. */
const AT_REST = ["BCDIDBWAIT", "BCDIREADY", "BCDIDELETED"];
const FAILED = ["STARTERROR", "BCDIUPLOADEDERROR"];

/** Whatever was done before, hosting comes to rest once nothing fails any more, and nothing is left in the queue. */
export async function drain(model: Model, school: School): Promise<void> {
  const work = new Work();
  for (let runs = 0; work.check(model); runs += 1) {
    expect(runs, `still at work in ${model.stand.state}`).toBeLessThan(MOST_RUNS);
    await work.run(model, school);
  }
  const late = new WorkLate();
  if (late.check(model)) await late.run(model, school);
  expect([...model.seen.jobs, ...model.seen.late]).toEqual([]);
  const { state } = model.stand;
  expect([...AT_REST, ...FAILED]).toContain(state);
  if (FAILED.includes(state)) expect(model.seen.view.problem?.action, `what to do in ${state}`).toBeDefined();
}

import { expect } from "vitest";
import { StateSchema } from "#contract/states.ts";
import { checkBasesKept } from "./check-bases-kept.ts";
import { checkEvents } from "./check-events.ts";
import { checkProblem } from "./check-problem.ts";
import { checkServer } from "./check-server.ts";
import type { Observation } from "./observe.ts";
import { CODES, FOLLOWS, GRACE_MS, QUEUES } from "./protocol-table.ts";
import type { School } from "./school.ts";
import type { Stand } from "./stand.ts";

/** What must hold whatever was done, in whatever order, and wherever it was cut. */
export async function checkInvariants(school: School, stand: Stand, seen: Observation): Promise<void> {
  checkHistory(seen);
  checkJobs(seen);
  checkView(stand, seen);
  await checkEvents(school, seen);
  await checkProblem(school, seen);
  await checkBasesKept(school, stand, seen);
  await checkServer(school, stand, seen);
}

function checkHistory({ history, establishment }: Observation): void {
  for (const [index, step] of history.entries()) {
    const before = history[index - 1]?.state ?? null;
    expect(step.fromState, "each step starts where the one before it ended").toBe(before);
    const allowed: readonly string[] = before === null ? ["START"] : FOLLOWS[StateSchema.parse(before)];
    expect(allowed, `${before} -> ${step.state} is legal`).toContain(step.state);
  }
  const last = history.at(-1);
  expect(last?.state, "the history ends in the present").toBe(establishment.state);
  expect(last?.revision).toBe(establishment.revision);
}

function checkJobs({ jobs, establishment, view, late }: Observation): void {
  const queue = QUEUES[view.state];
  expect(
    jobs.every(({ name }) => name === queue),
    `${jobs.map(({ name }) => name)} in ${view.state}`,
  ).toBe(true);
  if (queue) expect(jobs.length, `a job where hosting acts (${view.state})`).toBeGreaterThan(0);
  for (const { payload } of late)
    expect(BigInt(payload.revision), "no job of a change to come").toBeLessThan(establishment.revision);
  if (view.state !== "BCDIDELETE") return;
  const dueAt = establishment.removalDueAt?.getTime() ?? 0;
  const graceMs = dueAt - establishment.since.getTime();
  expect(graceMs, "the grace period is whole").toBeLessThanOrEqual(GRACE_MS);
  expect(graceMs).toBeGreaterThan(GRACE_MS - 1_000);
  for (const { startAfter } of jobs)
    expect(startAfter.getTime(), "no removal before").toBeGreaterThanOrEqual(dueAt);
}

function checkView(stand: Stand, { view, history, establishment }: Observation): void {
  expect(view.stateCode).toBe(CODES[view.state]);
  expect(view.since).toBe(establishment.since.toISOString());
  const cycle = history.filter((step) => step.cycle === establishment.cycle);
  expect(view.history).toEqual(cycle.map(({ state, at }) => ({ state, at: at.toISOString() })));
  const isOpen =
    view.state === "BCDIREADY" || (view.state === "BCDIALTER" && stand.alterFrom === "BCDIREADY");
  expect(view.connection !== null, `connection in ${view.state}`).toBe(isOpen);
  if (view.state !== "BCDIDELETED") expect(view.downloads).toEqual([]);
  for (const [index, base] of view.bases.entries()) {
    expect(base.role).toBe(index === 0 ? "main" : "secondary");
    expect(base.problem?.action ?? null).toBe(base.status === "rejected" ? "replace_file" : null);
  }
}

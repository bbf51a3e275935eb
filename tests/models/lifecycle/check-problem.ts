import { expect } from "vitest";
import type { Observation } from "./observe.ts";
import type { School } from "./school.ts";

const FAILURES = ["STARTERROR", "BCDIUPLOADEDERROR"];
const OWN_CODES = [
  ...["installation_failed", "mounting_failed", "opening_failed"],
  ...["alteration_failed", "removal_failed"],
];
/** What is over once a state is reached: its incident must not stay open. */
const OVER: Record<string, readonly string[]> = {
  BCDIDBWAIT: ["installation_failed"],
  BCDIDBUPLOADEDRIGHT: ["mounting_failed"],
  BCDIREADY: ["mounting_failed", "opening_failed"],
  BCDIDELETED: ["removal_failed"],
};

/** A failure says what to do and a reference to name on the telephone; where hosting is to act, somebody is told. */
export async function checkProblem({ world: { db }, rne }: School, { view }: Observation): Promise<void> {
  const { problem, state } = view;
  if (FAILURES.includes(state)) {
    expect(problem, `${state} says what to do`).not.toBeNull();
    const isForHosting = problem?.action === "wait" || problem?.action === "contact";
    expect(view.actor).toBe(isForHosting ? "hosting" : "establishment");
  }
  const open = await db.incident.findMany({ where: { rne, resolvedAt: null } });
  expect(
    open.filter(({ kind }) => OVER[state]?.includes(kind)),
    `what ${state} proves to be over`,
  ).toEqual([]);
  if (!problem) return;
  expect(problem.reference).toMatch(/^[A-Z2-9]{8}$/);
  const isOwn = OWN_CODES.includes(problem.code) || problem.action === "wait" || problem.action === "contact";
  if (!isOwn) return;
  expect(
    open.map(({ reference, kind }) => ({ reference, kind })),
    `an incident is open for ${problem.code}`,
  ).toContainEqual({ reference: problem.reference, kind: problem.code });
}

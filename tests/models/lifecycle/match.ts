import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { IncidentProblemSchema } from "#contract/problem.ts";
import { type State, StateSchema } from "#contract/states.ts";
import type { Observation } from "./observe.ts";
import type { Stand } from "./stand.ts";

/**
 * Finds the predicted stand in which the establishment really stands; fails where it is none of them. What the
 * prediction leaves open, of the files' records and of the millisecond, is settled by what was seen.
 */
export function matchStand(outcomes: readonly Stand[], seen: Observation): Stand {
  const found = seenAs(seen);
  const matching = outcomes.find(
    (stand) => isDeepStrictEqual(asSeen(stand), found) && agreesOnFiles(stand, seen),
  );
  if (!matching) {
    const expected = outcomes.map((stand) => ({ ...asSeen(stand), statuses: stand.files.map(statusesOf) }));
    const statuses = [...seen.statuses.values()];
    expect([{ ...found, statuses }], "the establishment stands where the protocol has it").toEqual(expected);
    throw new Error("unreachable");
  }
  return {
    ...matching,
    removalDueAt: seen.establishment.removalDueAt?.getTime() ?? null,
    files: matching.files.map((file) => {
      const status = seen.statuses.get(file.id);
      return status ? { ...file, statuses: [status] } : file;
    }),
  };
}

function asSeen(stand: Stand) {
  const { state, cycle, steps, licence, pending, alterFrom, deleteFrom, problem } = stand;
  const isAltering = state === "BCDIALTER" || deleteFrom === "BCDIALTER";
  return {
    ...{ state, cycle, steps: steps.join(" "), licence, problem, deleteFrom },
    pending: isAltering ? pending : null,
    alterFrom: isAltering ? alterFrom : null,
    files: stand.files.map(({ id }) => id),
    jobs: [...stand.jobs].sort(),
  };
}

function seenAs({ establishment, history, jobs, view }: Observation): ReturnType<typeof asSeen> {
  const { griffe, code, version, pendingGriffe, pendingCode, pendingVersion } = establishment;
  const isAltering = establishment.state === "BCDIALTER" || establishment.deleteFrom === "BCDIALTER";
  return {
    ...{ state: view.state, cycle: establishment.cycle, steps: history.map(({ state }) => state).join(" ") },
    licence: { griffe, code, version },
    problem: problemOf(establishment.problem),
    deleteFrom: stateOrNull(establishment.deleteFrom),
    pending: isAltering
      ? { griffe: pendingGriffe ?? "", code: pendingCode ?? "", version: pendingVersion ?? "" }
      : null,
    alterFrom: isAltering ? stateOrNull(establishment.alterFrom) : null,
    files: view.bases.map(({ id }) => id),
    jobs: jobs.map(({ payload }) => payload.failures).sort(),
  };
}

/** By its code, or as what the school's files caused. */
function problemOf(problem: unknown): string | null {
  if (problem === null) return null;
  const { action, code } = IncidentProblemSchema.parse(problem);
  return action === "replace_file" ? "rejected" : code;
}

function agreesOnFiles(stand: Stand, { statuses }: Observation): boolean {
  return stand.files.every((file) => file.statuses.some((status) => status === statuses.get(file.id)));
}

const statusesOf = ({ statuses }: Stand["files"][number]) => statuses.join("|");

function stateOrNull(name: string | null): State | null {
  return StateSchema.nullable().parse(name);
}

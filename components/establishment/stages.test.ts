import { describe, expect, test } from "vitest";
import type { EstablishmentView } from "#contract/establishment.ts";
import { STATE_ACTORS, STATE_CODES, STATES, type State } from "#contract/states.ts";
import { headlineOf } from "./headlines.ts";
import { listStages } from "./stages.ts";

function viewThrough(...states: readonly [State, ...State[]]): EstablishmentView {
  const history = states.map((state, index) => ({ state, at: `2026-11-23T10:0${index}:00.000Z` }));
  const state = states.at(-1) ?? states[0];
  return {
    ...{ rne: "0350024L", griffe: "GRIFFE", code: "ABCDEFGH", version: "CL", state },
    ...{ stateCode: STATE_CODES[state], since: history.at(-1)?.at ?? "", actor: STATE_ACTORS[state] },
    ...{ nextStep: null, history, bases: [], connection: null, downloads: [], problem: null },
  };
}

function statuses(...states: readonly [State, ...State[]]): string {
  return listStages(viewThrough(...states))
    .map(({ status }) => status)
    .join(" ");
}

const TO_READY = ["START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIREADY"] as const;

describe("the steps", () => {
  test("go from the first to the last in their fixed order", () => {
    expect(statuses("START")).toBe("current upcoming upcoming upcoming upcoming");
    expect(statuses("START", "BCDIDBWAIT")).toBe("done current upcoming upcoming upcoming");
    expect(statuses(...TO_READY)).toBe("done done done done done");
  });

  test("red is for the step that failed; earlier ones stay green", () => {
    expect(statuses("START", "STARTERROR")).toBe("problem upcoming upcoming upcoming upcoming");
    expect(statuses("START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIUPLOADEDERROR")).toBe(
      "done done problem upcoming upcoming",
    );
  });

  test("a change keeps the step it was asked in", () => {
    expect(statuses("START", "BCDIDBWAIT", "BCDIALTER")).toBe("done current upcoming upcoming upcoming");
    expect(statuses(...TO_READY, "BCDIALTER")).toBe("done done done done current");
  });

  test("a deletion adds its own, and what was never reached is not shown as done", () => {
    expect(statuses(...TO_READY, "BCDIDELETE")).toBe("done done done done done current");
    expect(statuses("START", "BCDIDBWAIT", "BCDIDELETE", "BCDIDELETED")).toBe(
      "done stopped stopped stopped stopped done",
    );
  });

  test("a new hosting of the same school starts afresh", () => {
    expect(statuses(...TO_READY, "BCDIDELETE", "BCDIDELETED", "START")).toBe(
      "current upcoming upcoming upcoming upcoming",
    );
  });

  test.each(STATES)("in %s one step is the current one, and the page has a headline", (state) => {
    const view = viewThrough("START", state);
    expect(listStages(view).filter((stage) => stage.isCurrent)).toHaveLength(1);
    expect(headlineOf(view).title).not.toBe("");
  });
});

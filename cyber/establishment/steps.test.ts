import { expect, test } from "vitest";
import type { EstablishmentView } from "#contract/establishment.ts";
import { listReachedSteps } from "./steps.ts";

const VIEW: EstablishmentView = {
  ...{ rne: "0350024L", griffe: "LYCEE EMILE ZOLA", code: "ABCDEFGH", version: "CL" },
  ...{ state: "BCDIDBUPLOADED", stateCode: "3", since: "2026-11-23T10:05:00.000Z", actor: "hosting" },
  ...{ nextStep: null, bases: [], connection: null, downloads: [], problem: null },
  history: [
    { state: "BCDIDBWAIT", at: "2026-11-23T10:00:00.000Z" },
    { state: "BCDIDBUPLOADED", at: "2026-11-23T10:05:00.000Z" },
  ],
};

test("the last step is the one that the view describes", () => {
  expect(listReachedSteps(VIEW)).toMatchObject([
    { state: "BCDIDBWAIT", previousState: null, isCurrent: false },
    { state: "BCDIDBUPLOADED", previousState: "BCDIDBWAIT", isCurrent: true },
  ]);
});

test("a step that came while the view was built waits for the view that says why", () => {
  const torn = {
    ...VIEW,
    history: [...VIEW.history, { state: "BCDIUPLOADEDERROR" as const, at: "2026-11-23T10:05:01.000Z" }],
  };
  expect(listReachedSteps(torn)).toEqual(listReachedSteps(VIEW));
});

test("a provider without a history has its current state", () => {
  expect(listReachedSteps({ ...VIEW, history: [] })).toMatchObject([
    { state: "BCDIDBUPLOADED", isCurrent: true },
  ]);
});

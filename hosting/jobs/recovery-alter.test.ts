import { expect, test } from "vitest";
import type { State } from "#contract/states.ts";
import { alterEstablishment } from "#hosting/establishment/alter.ts";
import {
  expectOneEventAndJobPerStep,
  type HostingTest,
  listOpenIncidents,
  SCHOOL,
  useHosting,
} from "#tests/hosting/use-hosting.ts";

const CHANGES = { griffe: "COLLÈGE JEAN MOULIN", code: "ZYXWVUTS" };

async function alter(hosting: HostingTest, rne: string): Promise<void> {
  const establishment = await hosting.get(rne);
  await alterEstablishment(hosting.context, { establishment, changes: CHANGES, author: SCHOOL });
}

async function prepare(hosting: HostingTest, state: State): Promise<string> {
  if (state === "BCDIREADY") return (await hosting.createReady()).rne;
  const { rne } = await hosting.create();
  await hosting.reach(rne, state);
  return rne;
}

test("a change that fails in passing is made in the end, and nobody is told", async () => {
  const hosting = await useHosting();
  const rne = await prepare(hosting, "BCDIREADY");
  hosting.faults.next("alter", "transient failure", "answer lost", "transient failure");
  await alter(hosting, rne);
  expect(await hosting.reach(rne, "BCDIREADY")).toMatchObject({
    ...CHANGES,
    problem: null,
    pendingGriffe: null,
  });
  expect(await hosting.readIni(rne)).toContain("ORGANISME=COLLÈGE JEAN MOULIN");
  expect(await hosting.db.incident.count()).toBe(0);
  await expectOneEventAndJobPerStep(hosting, rne);
});

test.each<State>(["BCDIDBWAIT", "BCDIREADY"])(
  "a change that cannot be made leaves all as it was, in %s too, and can be asked for again",
  async (state) => {
    const hosting = await useHosting();
    const rne = await prepare(hosting, state);
    const [before, iniBefore] = [await hosting.view(rne), await hosting.readIni(rne)];
    // The last of them changes the server, and then says that it failed.
    hosting.faults.next(
      "alter",
      "transient failure",
      "transient failure",
      "transient failure",
      "answer lost",
    );
    await alter(hosting, rne);
    await hosting.reach(rne, state);
    const view = await hosting.view(rne);
    expect(view.problem).toMatchObject({ code: "alteration_failed", action: "retry", retryable: true });
    const { griffe, code, version, connection } = before;
    expect(view).toMatchObject({ griffe, code, version, connection });
    expect(await hosting.readIni(rne)).toBe(iniBefore);
    expect(await listOpenIncidents(hosting, rne)).toMatchObject([{ reference: view.problem?.reference }]);

    await alter(hosting, rne);
    expect(await hosting.reach(rne, state)).toMatchObject({ ...CHANGES, problem: null });
    expect(await hosting.readIni(rne)).toContain("CODE=ZYXWVUTS");
    expect(await listOpenIncidents(hosting, rne)).toEqual([]);
    await expectOneEventAndJobPerStep(hosting, rne);
  },
);

test("a change that can be neither made nor undone says so to the school and to the operator", async () => {
  const hosting = await useHosting();
  const rne = await prepare(hosting, "BCDIREADY");
  hosting.faults.next("alter", "permanent failure", "permanent failure");
  await alter(hosting, rne);
  await hosting.reach(rne, "BCDIREADY");
  const { problem } = await hosting.view(rne);
  expect(problem).toMatchObject({ code: "alteration_failed", action: "contact", retryable: false });
  const [incident] = await listOpenIncidents(hosting, rne);
  expect(incident?.reference).toBe(problem?.reference);
  expect(incident?.detail).toMatch(/no licence left[\s\S]*Putting back: [\s\S]*no licence left/);
});

import { expect, test } from "vitest";
import { deriveEstablishmentKey } from "#hosting/access/keys.ts";
import { retryStep } from "#hosting/establishment/retry.ts";
import {
  expectOneEventAndJobPerStep,
  listOpenIncidents,
  listStates,
  SCHOOL,
  useHosting,
} from "#tests/hosting/use-hosting.ts";
import { RETRY_DELAYS } from "./step-context.ts";

test("an installation that fails in passing is tried again without anyone being told", async () => {
  const hosting = await useHosting();
  hosting.faults.next("install", "transient failure", "answer lost", "transient failure");
  const { rne, key } = await hosting.create();
  const installed = await hosting.reach(rne, "BCDIDBWAIT");
  expect(hosting.faults.count("install")).toBe(4);
  expect(await listStates(hosting, rne)).toEqual(["START", "BCDIDBWAIT"]);
  expect(await hosting.db.incident.count()).toBe(0);
  expect(deriveEstablishmentKey(hosting.context.settings.SECRET_KEY, installed)).toBe(key);
  const journal = await hosting.db.provisioningEntry.findMany({ where: { rne }, orderBy: { id: "asc" } });
  expect(journal.map(({ outcome }) => outcome)).toEqual(["try again", "failed", "try again", "done"]);
  await expectOneEventAndJobPerStep(hosting, rne);
});

test("tried in vain, it becomes an incident that the school reads of; repaired, it goes on with the same key", async () => {
  const hosting = await useHosting();
  hosting.faults.next(
    "install",
    "transient failure",
    "transient failure",
    "transient failure",
    "transient failure",
  );
  const { rne, key } = await hosting.create();
  const failed = await hosting.reach(rne, "STARTERROR");
  const [incident] = await listOpenIncidents(hosting, rne);
  expect(incident).toMatchObject({ kind: "installation_failed" });
  expect(incident?.detail).toContain("the disk is busy");
  const { problem } = await hosting.view(rne);
  expect(problem).toMatchObject({ action: "wait", retryable: true, reference: incident?.reference });
  expect(problem?.detail).not.toContain("disk");

  await retryStep(hosting.context, { establishment: failed, author: SCHOOL });
  const installed = await hosting.reach(rne, "BCDIDBWAIT");
  expect(installed.problem).toBeNull();
  expect(deriveEstablishmentKey(hosting.context.settings.SECRET_KEY, installed)).toBe(key);
  expect(await listOpenIncidents(hosting, rne)).toEqual([]);
  expect(await listStates(hosting, rne)).toEqual(["START", "STARTERROR", "START", "BCDIDBWAIT"]);
  await expectOneEventAndJobPerStep(hosting, rne);
});

test("one that fails for good is not tried in vain; failing again, it is still the same incident", async () => {
  const hosting = await useHosting();
  hosting.faults.next("install", "permanent failure", "permanent failure");
  const { rne } = await hosting.create();
  const failed = await hosting.reach(rne, "STARTERROR");
  expect(hosting.faults.count("install")).toBe(1);
  const [incident] = await listOpenIncidents(hosting, rne);
  await retryStep(hosting.context, { establishment: failed, author: SCHOOL });
  await hosting.reach(rne, "STARTERROR");
  expect(hosting.faults.count("install")).toBe(2);
  expect(await hosting.db.incident.findMany()).toMatchObject([{ reference: incident?.reference }]);
});

test("what fails in passing is tried again after 1, 5 and 15 minutes, and then a person looks", async () => {
  const minutes = [1, 5, 15];
  const { installMs, depositMs, alterMs, removeMs } = RETRY_DELAYS;
  for (const delays of [installMs, depositMs, alterMs, removeMs.slice(0, 3)])
    expect(delays.map((ms) => ms / 60_000)).toEqual(minutes);

  const hosting = await useHosting({ retryDelays: RETRY_DELAYS });
  hosting.faults.next(
    "install",
    "transient failure",
    "transient failure",
    "transient failure",
    "transient failure",
  );
  const { rne } = await hosting.create();
  for (const [index, delay] of minutes.entries()) {
    await hosting.workNext(rne);
    expect(hosting.faults.count("install")).toBe(index + 1);
    expect(await hosting.get(rne)).toMatchObject({ state: "START" });
    hosting.advance(delay * 60_000 - 5_000);
    await hosting.workAll(rne);
    expect(hosting.faults.count("install"), "not before its time").toBe(index + 1);
    hosting.advance(5_000);
  }
  await hosting.reach(rne, "STARTERROR");
  expect(hosting.faults.count("install")).toBe(4);
});

test("a step that brings one worker after the other down becomes an incident instead of going on for ever", async () => {
  const hosting = await useHosting({ retryDelays: RETRY_DELAYS });
  hosting.faults.next("install", "transient failure");
  const { rne } = await hosting.create();
  await hosting.workNext(rne);
  expect(hosting.faults.count("install")).toBe(1);
  const payload = { rne, revision: String((await hosting.get(rne)).revision), failures: 0 };
  await hosting.deliver("hosting.install", payload, { deaths: 10 });
  expect(hosting.faults.count("install"), "not once more").toBe(1);
  expect(await hosting.get(rne)).toMatchObject({ state: "STARTERROR" });
  expect(await listOpenIncidents(hosting, rne)).toMatchObject([
    { kind: "installation_failed", detail: expect.stringContaining("10 workers died") },
  ]);
});

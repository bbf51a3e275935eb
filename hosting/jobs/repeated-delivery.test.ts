import { expect, test } from "vitest";
import { alterEstablishment } from "#hosting/establishment/alter.ts";
import { createEstablishment } from "#hosting/establishment/create.ts";
import { requestDeletion } from "#hosting/establishment/request-deletion.ts";
import type { Operation } from "#hosting/provisioner/port.ts";
import { listQueuedJobs } from "#tests/hosting/queued-jobs.ts";
import { type HostingTest, listStates, SCHOOL, useHosting } from "#tests/hosting/use-hosting.ts";
import { STEPS } from "./start.ts";

const OPERATIONS: readonly Operation[] = ["install", "mount", "open", "alter", "archive", "remove"];

/** Delivers every kind of job for every step that an establishment went through, all at once. */
async function deliverAgain({ db, deliver }: HostingTest, rne: string): Promise<void> {
  const history = await db.history.findMany({ where: { rne } });
  const payloads = history.flatMap(({ revision }) =>
    [0, 2].map((failures) => ({ rne, revision: String(revision), failures })),
  );
  await Promise.all(payloads.flatMap((payload) => STEPS.map(({ job }) => deliver(job.name, payload))));
}

test("jobs delivered late, again and out of order change nothing", async () => {
  const hosting = await useHosting();
  const establishment = await hosting.createReady();
  const { rne } = establishment;
  await alterEstablishment(hosting.context, { establishment, changes: { version: "SP" }, author: SCHOOL });
  expect(await hosting.reach(rne, "BCDIREADY")).toMatchObject({ version: "SP" });
  const [states, counts] = [await listStates(hosting, rne), OPERATIONS.map(hosting.faults.count)];
  await deliverAgain(hosting, rne);
  expect(await listStates(hosting, rne)).toEqual(states);
  expect(OPERATIONS.map(hosting.faults.count)).toEqual(counts);

  await requestDeletion(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
  await hosting.reach(rne, "BCDIDELETED");
  await deliverAgain(hosting, rne);
  expect(await listStates(hosting, rne)).toEqual([...states, "BCDIDELETE", "BCDIDELETED"]);
  expect(hosting.faults.count("remove")).toBe(1);
});

test("a job delivered several times at once does its step once", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  const install = await hosting.hold(rne, "install");
  const payload = { rne, revision: String((await hosting.get(rne)).revision), failures: 0 };
  const copies = Array.from({ length: 4 }, () => hosting.deliver("hosting.install", payload));
  await Promise.all(copies);
  // Each of them has found the step under way, and comes back later.
  const planned = await listQueuedJobs(hosting.db, rne);
  expect(planned.filter(({ startAfter }) => startAfter > hosting.context.clock.now())).toHaveLength(4);
  await install.release();
  hosting.advance(60_000);
  await hosting.workAll(rne);
  await deliverAgain(hosting, rne);
  expect(await listStates(hosting, rne)).toEqual(["START", "BCDIDBWAIT"]);
  expect(hosting.faults.count("install")).toBe(1);
});

test("a job of an earlier hosting touches nothing of the next one of the same school", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.createReady();
  await requestDeletion(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
  await hosting.reach(rne, "BCDIDELETED");
  const { griffe, code } = await hosting.get(rne);
  await createEstablishment(hosting.context, { rne, griffe, code, version: "CL" });
  await hosting.reach(rne, "BCDIDBWAIT");
  const counts = OPERATIONS.map(hosting.faults.count);
  await deliverAgain(hosting, rne);
  expect(OPERATIONS.map(hosting.faults.count)).toEqual(counts);
  expect(await hosting.get(rne)).toMatchObject({ state: "BCDIDBWAIT", cycle: 2 });
});

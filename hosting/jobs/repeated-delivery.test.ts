import { expect, test } from "vitest";
import { alterEstablishment } from "#hosting/establishment/alter.ts";
import { createEstablishment } from "#hosting/establishment/create.ts";
import { STATE_JOBS } from "#hosting/establishment/lifecycle.ts";
import { requestDeletion } from "#hosting/establishment/request-deletion.ts";
import type { Operation } from "#hosting/provisioner/port.ts";
import { alterStep } from "./alter.ts";
import { installStep } from "./install.ts";
import { mountStep } from "./mount.ts";
import { openStep } from "./open.ts";
import { removeStep } from "./remove.ts";
import { runStep } from "./run-step.ts";
import { type HostingTest, listStates, SCHOOL, useHosting } from "./testing/use-hosting.ts";

const OPERATIONS: readonly Operation[] = ["install", "mount", "open", "alter", "archive", "remove"];

const STEPS = [installStep, mountStep, openStep, alterStep, removeStep];

/** Delivers every kind of job for every step that an establishment went through, all at once. */
async function deliverAgain({ db, context }: HostingTest, rne: string): Promise<void> {
  const history = await db.history.findMany({ where: { rne } });
  const payloads = history.flatMap(({ revision }) =>
    [0, 2].map((failures) => ({ rne, revision: String(revision), failures })),
  );
  await Promise.all(payloads.flatMap((payload) => STEPS.map((step) => runStep(context, step, payload))));
}

test("jobs delivered late, again and out of order change nothing", async () => {
  const hosting = await useHosting();
  const establishment = await hosting.createReady();
  const { rne } = establishment;
  await alterEstablishment(hosting.context, { establishment, changes: { version: "SP" }, author: SCHOOL });
  await expect.poll(async () => (await hosting.get(rne)).version).toBe("SP");
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
  const gate = Promise.withResolvers<void>();
  hosting.faults.next("install", gate.promise);
  const { rne } = await hosting.create();
  await expect.poll(() => hosting.faults.count("install")).toBe(1);
  const { revision } = await hosting.get(rne);
  const job = STATE_JOBS.START;
  await hosting.db.$transaction(async (transaction) => {
    for (let copy = 0; copy < 4 && job; copy += 1)
      await hosting.queue.enqueue(transaction, job, { rne, revision: String(revision), failures: 0 });
  });
  // At least one of them has found the step under way, and comes back later.
  const delayed = () =>
    hosting.db.$queryRaw`SELECT 1 FROM queue.job WHERE state = 'created' AND start_after > now()`;
  await expect.poll(delayed, { timeout: 20_000 }).not.toEqual([]);
  gate.resolve();
  await hosting.reach(rne, "BCDIDBWAIT");
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

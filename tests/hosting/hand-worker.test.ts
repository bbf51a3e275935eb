import { expect, test } from "vitest";
import { createProvisionerDouble } from "#tests/provisioner/double.ts";
import { PlannedFaults } from "#tests/provisioner/planned-faults.ts";
import { HandWorker } from "./hand-worker.ts";
import { useHosting } from "./use-hosting.ts";

/** HOSTING with a second worker by hand, whose runs a test may forget: what `useHosting` does at a test's end is asked here. */
async function useWorker() {
  const hosting = await useHosting();
  const faults = new PlannedFaults();
  const provisioner = createProvisionerDouble(hosting.context.provisioner, faults);
  return { hosting, faults, worker: new HandWorker({ ...hosting.context, provisioner }, faults) };
}

test("between two calls nothing runs: a school stays where it is until the test works for it", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  expect((await hosting.get(rne)).state).toBe("START");
  expect(hosting.faults.count("install")).toBe(0);
  await hosting.workNext(rne);
  expect((await hosting.get(rne)).state).toBe("BCDIDBWAIT");
});

test("a run that a test forgets is named when the test ends", async () => {
  const { hosting, worker } = await useWorker();
  const { rne } = await hosting.create();
  const held = await worker.hold(rne, "install");
  expect(() => worker.expectIdle()).toThrow(`without waiting for what it began: its next job of ${rne}`);
  await held.release();
  worker.expectIdle();
});

test("a second run of a school beside a first one is refused, by the name of both", async () => {
  const { hosting, worker } = await useWorker();
  const { rne } = await hosting.create();
  const held = await worker.hold(rne, "install");
  await expect(worker.reach(rne, "BCDIDBWAIT")).rejects.toThrow("while its next job was under way");
  await held.release();
  await worker.reach(rne, "BCDIDBWAIT");
});

test("a state that nothing due leads to is told at once, with what is planned", async () => {
  const hosting = await useHosting({ retryDelays: { installMs: [60_000] } });
  hosting.faults.next("install", "transient failure");
  const { rne } = await hosting.create();
  await expect(hosting.reach(rne, "BCDIDBWAIT")).rejects.toThrow(
    /stands in START and nothing due leads to BCDIDBWAIT: hosting\.install in (59|60) s/,
  );
  hosting.advance(60_000);
  await hosting.reach(rne, "BCDIDBWAIT");
});

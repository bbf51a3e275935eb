import { expect, test } from "vitest";
import { installJob, mountJob, openJob } from "#hosting/jobs/definitions.ts";
import { openFailure, useOperations } from "#tests/hosting/use-operations.ts";
import { readConsole } from "./read-console.ts";

test("an incident says which school, what the provisioner said, and that nothing happens by itself", async () => {
  const operations = await useOperations();
  const { rne } = await operations.place("STARTERROR");
  await operations.db.provisioningEntry.create({
    data: { rne, cycle: 1, operation: "install", outcome: "failed", output: "no licence left" },
  });
  const reference = await openFailure(operations, { rne, kind: "installation_failed" });
  const { incidents, troubled } = await readConsole(operations.context);
  expect(incidents).toMatchObject({
    total: 1,
    open: [{ reference, rne, griffe: "LYCEE 1", canRetry: true, canSettle: false, nextTry: null }],
  });
  expect(incidents.open[0]?.output).toMatchObject({ operation: "install", output: "no licence left" });
  expect(troubled).toMatchObject({ shown: [], counts: { no_job: 0, late: 0, failing: 0 } });
});

test("states without a job, late ones and failing ones are told apart; those that go well are not shown", async () => {
  const { context, db, queue, place } = await useOperations();
  const lost = await place("BCDIDBUPLOADED");
  const late = await place("BCDIDBUPLOADEDRIGHT", { since: new Date(Date.now() - 86_400_000) });
  const failing = await place("START", { since: new Date(Date.now() - 150_000) });
  const well = await place("START", { since: new Date(Date.now() - 150_000) });
  await place("BCDIDELETE", { removalDueAt: new Date(Date.now() + 3_600_000), since: new Date() });
  const payloadOf = ({ rne, revision }: typeof lost, failures: number) => ({
    rne,
    revision: String(revision),
    failures,
  });
  await db.$transaction(async (tx) => {
    await queue.enqueue(tx, openJob, payloadOf(late, 0));
    await queue.enqueue(tx, installJob, payloadOf(failing, 2), {
      startAfter: new Date(Date.now() + 600_000),
    });
    await queue.enqueue(tx, installJob, payloadOf(well, 0));
    await queue.enqueue(tx, mountJob, { rne: lost.rne, revision: "99", failures: 0 });
  });
  const { troubled, queues } = await readConsole(context);
  expect(troubled.shown.map(({ rne, trouble }) => [rne, trouble])).toEqual([
    [lost.rne, "no_job"],
    [late.rne, "late"],
    [failing.rne, "failing"],
  ]);
  expect(troubled.shown.map(({ canRetry }) => canRetry)).toEqual([true, false, true]);
  expect(troubled.shown[2]?.nextTry).toMatchObject({ kind: "planned", failures: 2 });
  expect(queues.find(({ name }) => name === "hosting.install")).toMatchObject({
    ...{ waiting: 1, planned: 1, running: 0, failed: 0 },
    oldestWaitMs: expect.any(Number),
  });
});

test("the disk and the processes are told", async () => {
  const { context, db } = await useOperations();
  await db.heartbeat.create({ data: { process: "worker-1", role: "worker", at: new Date() } });
  await db.heartbeat.create({
    data: { process: "server-2", role: "server", at: new Date(Date.now() - 120_000) },
  });
  const { disk, processes } = await readConsole(context);
  expect(disk.totalBytes).toBeGreaterThan(disk.freeBytes);
  expect(processes).toMatchObject([
    { name: "worker-1", role: "worker", isAlive: true },
    { name: "server-2", role: "server", isAlive: false },
  ]);
});

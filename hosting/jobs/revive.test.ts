import { expect, test } from "vitest";
import { placeEvent, useOperations } from "#tests/hosting/use-operations.ts";
import { deliverEventJob, installJob } from "./definitions.ts";
import { reviveHosting } from "./revive.ts";

test("a state without a live job gets one back, with its own change; run twice or at once, still one", async () => {
  const { context, db, queue, place, listJobs } = await useOperations();
  const lost = await place("BCDIDBUPLOADED");
  const tended = await place("START");
  const payload = { rne: tended.rne, revision: String(tended.revision), failures: 1 };
  const startAfter = new Date(Date.now() + 3_600_000);
  await db.$transaction((tx) => queue.enqueue(tx, installJob, payload, { startAfter }));
  await Promise.all([reviveHosting(context), reviveHosting(context), reviveHosting(context)]);
  await reviveHosting(context);
  expect(await listJobs("hosting.mount")).toEqual([
    {
      data: { rne: lost.rne, revision: String(lost.revision), failures: 0 },
      ...{ state: "created", isDue: true },
    },
  ]);
  expect(await listJobs("hosting.install")).toEqual([{ data: payload, state: "created", isDue: false }]);
  expect(await db.provisioningEntry.count({ where: { rne: lost.rne, operation: "revive" } })).toBe(1);
  expect(await db.provisioningEntry.count({ where: { rne: tended.rne } })).toBe(0);
});

test("a job of another change, or one that was given up, counts for nothing", async () => {
  const { context, db, queue, place, listJobs } = await useOperations();
  const { rne, revision } = await place("START");
  await db.$transaction(async (tx) => {
    await queue.enqueue(tx, installJob, { rne, revision: "77", failures: 0 });
    await queue.enqueue(tx, installJob, { rne, revision: String(revision), failures: 0 });
  });
  await db.$executeRaw`UPDATE queue.job SET state = 'failed' WHERE data->>'revision' = ${String(revision)}`;
  await reviveHosting(context);
  const jobs = await listJobs("hosting.install");
  expect(jobs.filter(({ state }) => state === "created")).toHaveLength(2);
});

test("what waits for others, has just begun, or is over is left alone; a deletion keeps its grace period", async () => {
  const { context, place, listJobs } = await useOperations();
  await place("BCDIDBWAIT");
  await place("BCDIREADY");
  await place("STARTERROR");
  await place("START", { since: new Date() });
  await place("BCDIDELETE", { removalDueAt: new Date(Date.now() + 3_600_000) });
  await reviveHosting(context);
  expect(await listJobs("hosting.install")).toEqual([]);
  expect(await listJobs("hosting.mount")).toEqual([]);
  expect(await listJobs("hosting.remove")).toEqual([expect.objectContaining({ isDue: false })]);
});

test("an event that nobody has in hand is taken up again; one that is tended, given up or new is not", async () => {
  const operations = await useOperations();
  const { context, db, queue, listJobs } = operations;
  const lost = await placeEvent(operations);
  const tended = await placeEvent(operations, { attempts: 3 });
  await placeEvent(operations, { abandonedAt: new Date() });
  await placeEvent(operations, { deliveredAt: new Date() });
  await placeEvent(operations, { createdAt: new Date() });
  await db.$transaction((tx) => queue.enqueue(tx, deliverEventJob, { eventId: tended }));
  await reviveHosting(context);
  await reviveHosting(context);
  const ids = (await listJobs("hosting.deliver-event")).map(({ data }) => data);
  expect(ids).toEqual([{ eventId: tended }, { eventId: lost }]);
});

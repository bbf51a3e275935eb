import { expect, test } from "vitest";
import { deliverEventJob } from "#hosting/jobs/definitions.ts";
import { OPERATOR, placeEvent, useOperations } from "#tests/hosting/use-operations.ts";
import { listUndelivered } from "./list-undelivered.ts";
import { resendAllEvents, resendEvent } from "./resend-events.ts";

test("an event that was given up is shown, and is posted again once however often one presses", async () => {
  const operations = await useOperations();
  const { context, db, place, listJobs } = operations;
  const { rne } = await place("BCDIREADY");
  const eventId = await placeEvent(operations, {
    rne,
    attempts: 25,
    abandonedAt: new Date(),
    lastError: "refused",
  });
  await placeEvent(operations, { rne, attempts: 1 });
  await placeEvent(operations, { rne, attempts: 9, deliveredAt: new Date() });
  expect(await listUndelivered(context)).toMatchObject({ total: 1, shown: [{ id: eventId, nextTry: null }] });
  await Promise.all([1, 2, 3].map(() => resendEvent(context, { eventId, operator: OPERATOR })));
  expect(await listJobs("hosting.deliver-event")).toEqual([
    expect.objectContaining({ data: { eventId }, state: "created" }),
  ]);
  expect(await db.provisioningEntry.count({ where: { rne, operation: "operator" } })).toBe(1);
  expect((await db.event.findUniqueOrThrow({ where: { id: eventId } })).abandonedAt).toBeNull();
});

test("an event that waits for its next try is posted at once, by the same job", async () => {
  const operations = await useOperations();
  const { context, db, queue, listJobs } = operations;
  const eventId = await placeEvent(operations, { attempts: 12 });
  const startAfter = new Date(Date.now() + 3_600_000);
  await db.$transaction((tx) => queue.enqueue(tx, deliverEventJob, { eventId }, { startAfter }));
  expect((await listUndelivered(context)).shown).toMatchObject([{ nextTry: { kind: "planned" } }]);
  expect(await resendAllEvents(context, { operator: OPERATOR })).toMatchObject({ ok: true });
  expect(await listJobs("hosting.deliver-event")).toEqual([
    { data: { eventId }, state: "created", isDue: true },
  ]);
});

test("an event that has arrived is not sent twice", async () => {
  const operations = await useOperations();
  const eventId = await placeEvent(operations, { attempts: 6, deliveredAt: new Date() });
  expect(await resendEvent(operations.context, { eventId, operator: OPERATOR })).toMatchObject({ ok: true });
  expect(await operations.listJobs("hosting.deliver-event")).toEqual([]);
});

test("an event is not sent again when it cannot be written who had it sent", async () => {
  const operations = await useOperations();
  const { context, db, place, listJobs } = operations;
  const { rne } = await place("BCDIREADY");
  const abandonedAt = new Date();
  const eventId = await placeEvent(operations, { rne, attempts: 25, abandonedAt });
  // PostgreSQL's texts hold everything but NUL.
  await expect(resendEvent(context, { eventId, operator: "\0" })).rejects.toThrow();
  expect(await listJobs("hosting.deliver-event")).toEqual([]);
  expect(await db.event.findUniqueOrThrow({ where: { id: eventId } })).toMatchObject({ abandonedAt });
});

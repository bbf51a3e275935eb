import { expect, test } from "vitest";
import { removeJob } from "#hosting/jobs/definitions.ts";
import { OPERATOR, openFailure, useOperations } from "#tests/hosting/use-operations.ts";
import { retryAllIncidents } from "./retry-all.ts";

test("after a fault of everything, one press begins again all that failed, and only that", async () => {
  const operations = await useOperations();
  const { context, db, queue, place, listJobs } = operations;
  for (const reference of ["START222", "START333"]) {
    const { rne } = await place("STARTERROR");
    await openFailure(operations, { rne, kind: "installation_failed", reference });
  }
  const deleting = await place("BCDIDELETE", { removalDueAt: new Date(Date.now() - 60_000) });
  await openFailure(operations, { rne: deleting.rne, kind: "removal_failed", reference: "REMOVE22" });
  const payload = { rne: deleting.rne, revision: String(deleting.revision), failures: 4 };
  const startAfter = new Date(Date.now() + 3_600_000);
  await db.$transaction((tx) => queue.enqueue(tx, removeJob, payload, { startAfter }));
  const altered = await place("BCDIREADY");
  await openFailure(operations, { rne: altered.rne, kind: "alteration_failed", reference: "ALTER222" });

  expect(await retryAllIncidents(context, { operator: OPERATOR })).toEqual({
    ...{ ok: true, message: "3 étapes sont relancées." },
  });
  expect(await db.establishment.count({ where: { state: "START" } })).toBe(2);
  expect(await listJobs("hosting.remove")).toEqual([{ data: payload, state: "created", isDue: true }]);
  expect(await retryAllIncidents(context, { operator: OPERATOR })).toMatchObject({ ok: true });
  expect(await listJobs("hosting.install")).toHaveLength(2);
  expect(await listJobs("hosting.remove")).toHaveLength(1);
});

test("what cannot be retried is said, and does not keep the others", async () => {
  const operations = await useOperations();
  const { context, db, place } = operations;
  const empty = await place("BCDIUPLOADEDERROR");
  await openFailure(operations, { rne: empty.rne, kind: "mounting_failed", reference: "EMPTY222" });
  const failed = await place("STARTERROR");
  await openFailure(operations, { rne: failed.rne, kind: "installation_failed" });
  expect(await retryAllIncidents(context, { operator: OPERATOR })).toMatchObject({
    ...{ ok: false, message: expect.stringContaining("n’a pas pu l’être") },
  });
  expect((await db.establishment.findUniqueOrThrow({ where: { rne: failed.rne } })).state).toBe("START");
});

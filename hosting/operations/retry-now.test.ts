import { expect, test } from "vitest";
import { removeJob } from "#hosting/jobs/definitions.ts";
import { OPERATOR, openFailure, useOperations } from "#tests/hosting/use-operations.ts";
import { retryNow } from "./retry-now.ts";

test("a failed creation is begun again with the operator as its author, and a second press adds nothing", async () => {
  const operations = await useOperations();
  const { context, db, place, listJobs } = operations;
  const { rne, revision } = await place("STARTERROR");
  await openFailure(operations, { rne, kind: "installation_failed" });
  const request = { rne, revision: String(revision), operator: OPERATOR };
  const answers = await Promise.all([retryNow(context, request), retryNow(context, request)]);
  expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
  expect(await retryNow(context, request)).toMatchObject({ ok: true });
  const now = await db.establishment.findUniqueOrThrow({ where: { rne } });
  expect(now).toMatchObject({ state: "START", problem: null });
  const last = await db.history.findFirstOrThrow({ where: { rne }, orderBy: { revision: "desc" } });
  expect(last).toMatchObject({ authorKind: "operator", authorName: OPERATOR });
  expect(await listJobs("hosting.install")).toHaveLength(1);
});

test("a step that waits for its next try begins at once, and is the same job however often one presses", async () => {
  const { context, db, queue, place, listJobs } = await useOperations();
  const { rne, revision } = await place("BCDIDELETE", { removalDueAt: new Date(Date.now() - 60_000) });
  const payload = { rne, revision: String(revision), failures: 3 };
  await db.$transaction((tx) =>
    queue.enqueue(tx, removeJob, payload, { startAfter: new Date(Date.now() + 3_600_000) }),
  );
  const request = { rne, revision: String(revision), operator: OPERATOR };
  const answers = await Promise.all([1, 2, 3].map(() => retryNow(context, request)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(await listJobs("hosting.remove")).toEqual([{ data: payload, state: "created", isDue: true }]);
  const notes = await db.provisioningEntry.findMany({ where: { rne, operation: "operator" } });
  expect(notes).toHaveLength(1);
  expect(notes[0]?.output).toContain(OPERATOR);
});

test("a state that lost its job gets exactly one back", async () => {
  const { context, place, listJobs } = await useOperations();
  const { rne, revision } = await place("BCDIDBUPLOADED");
  const request = { rne, revision: String(revision), operator: OPERATOR };
  await Promise.all([1, 2, 3, 4].map(() => retryNow(context, request)));
  expect(await listJobs("hosting.mount")).toHaveLength(1);
});

test("a deletion is not hurried while the school may still cancel it", async () => {
  const { context, place, listJobs } = await useOperations();
  const { rne, revision } = await place("BCDIDELETE", { removalDueAt: new Date(Date.now() + 3_600_000) });
  const answer = await retryNow(context, { rne, revision: String(revision), operator: OPERATOR });
  expect(answer).toMatchObject({ ok: false });
  expect(await listJobs("hosting.remove")).toHaveLength(0);
});

test("a page left open does nothing once the state has moved on", async () => {
  const { context, db, place, listJobs } = await useOperations();
  const { rne, revision } = await place("BCDIDBUPLOADED");
  await db.establishment.update({ where: { rne }, data: { revision: revision + 100n } });
  expect(await retryNow(context, { rne, revision: String(revision), operator: OPERATOR })).toMatchObject({
    ok: true,
  });
  expect(await listJobs("hosting.mount")).toHaveLength(0);
});

test("a server that is down is asked to be opened again once, and where nothing failed there is nothing to retry", async () => {
  const operations = await useOperations();
  const { context, db, place } = operations;
  const down = await place("BCDIREADY");
  await openFailure(operations, { rne: down.rne, kind: "server_down" });
  const request = { rne: down.rne, revision: String(down.revision), operator: OPERATOR };
  expect(await retryNow(context, request)).toMatchObject({ ok: true });
  expect(await retryNow(context, request)).toMatchObject({ ok: true });
  expect(await db.provisioningEntry.count({ where: { rne: down.rne, operation: "operator" } })).toBe(1);
  const well = await place("BCDIREADY");
  const nothing = await retryNow(context, { ...request, rne: well.rne, revision: String(well.revision) });
  expect(nothing).toMatchObject({ ok: false });
});

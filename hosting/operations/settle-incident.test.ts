import { expect, test } from "vitest";
import { OPERATOR, openFailure, useOperations } from "#tests/hosting/use-operations.ts";
import { settleIncident } from "./settle-incident.ts";

test("an incident that no step will close is closed once, with who did it, and the school reads of it no more", async () => {
  const operations = await useOperations();
  const { context, db, place } = operations;
  const { rne } = await place("BCDIREADY");
  const reference = await openFailure(operations, { rne, kind: "alteration_failed" });
  expect(await settleIncident(context, { reference, operator: OPERATOR })).toMatchObject({ ok: true });
  expect(await settleIncident(context, { reference, operator: OPERATOR })).toMatchObject({ ok: true });
  expect((await db.incident.findUniqueOrThrow({ where: { reference } })).resolvedAt).not.toBeNull();
  expect((await db.establishment.findUniqueOrThrow({ where: { rne } })).problem).toBeNull();
  const notes = await db.provisioningEntry.findMany({ where: { rne, operation: "operator" } });
  expect(notes.map(({ output }) => output)).toEqual([expect.stringMatching(`${OPERATOR}.*${reference}`)]);
});

test("an incident of an establishment that still stands in the step that failed stays open", async () => {
  const operations = await useOperations();
  const { context, db, place } = operations;
  for (const state of ["STARTERROR", "BCDIUPLOADEDERROR", "BCDIDELETE", "START"] as const) {
    const { rne } = await place(state);
    const reference = await openFailure(operations, {
      rne,
      kind: "installation_failed",
      reference: `IN${state}`,
    });
    expect(await settleIncident(context, { reference, operator: OPERATOR }), state).toMatchObject({
      ok: false,
    });
    expect((await db.incident.findUniqueOrThrow({ where: { reference } })).resolvedAt, state).toBeNull();
  }
});

test("a later problem of the establishment is left as it is", async () => {
  const operations = await useOperations();
  const { context, db, place } = operations;
  const { rne } = await place("BCDIREADY");
  const first = await openFailure(operations, { rne, kind: "alteration_failed", reference: "FIRST222" });
  await openFailure(operations, { rne, kind: "other", reference: "SECOND22" });
  await settleIncident(context, { reference: first, operator: OPERATOR });
  expect((await db.establishment.findUniqueOrThrow({ where: { rne } })).problem).toMatchObject({
    reference: "SECOND22",
  });
});

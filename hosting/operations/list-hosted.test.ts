import { expect, test } from "vitest";
import { OPERATOR, openFailure, useOperations } from "#tests/hosting/use-operations.ts";
import { findHosted } from "./find-hosted.ts";
import { listHosted } from "./list-hosted.ts";

test("the list is searched by RNE and griffe, filtered by state with counts, and cut into pages", async () => {
  const operations = await useOperations();
  const { context, db } = operations;
  await operations.place("STARTERROR", { griffe: "LYCEE 100% ZOLA" });
  const rows = Array.from({ length: 120 }, (_, index) => ({
    ...{ rne: `${String(index + 1000).padStart(7, "0")}A`, griffe: `COLLEGE ${index}`, code: "ABCDEFGH" },
    ...{
      version: "CL",
      state: index % 2 ? "BCDIREADY" : "BCDIDBWAIT",
      since: new Date(),
      revision: BigInt(index + 1000),
    },
  }));
  await db.establishment.createMany({ data: rows });
  const all = { search: "", state: null, page: 1 };
  expect(await listHosted(context, all)).toMatchObject({
    ...{ total: 121, page: 1, pageCount: 3, counts: { BCDIREADY: 60, BCDIDBWAIT: 60, STARTERROR: 1 } },
  });
  expect((await listHosted(context, { ...all, page: 99 })).rows).toHaveLength(21);
  expect((await listHosted(context, { ...all, state: "BCDIREADY" })).total).toBe(60);
  expect((await listHosted(context, { ...all, search: "college 99" })).total).toBe(1);
  expect(
    (await listHosted(context, { ...all, search: "0001007a" })).rows.map(({ griffe }) => griffe),
  ).toEqual(["COLLEGE 7"]);
  // Signs that mean something in SQL's LIKE are only themselves.
  expect((await listHosted(context, { ...all, search: "100%" })).total).toBe(1);
  expect((await listHosted(context, { ...all, search: "_" })).total).toBe(0);
});

test("an establishment's page has all of it but its key", async () => {
  const operations = await useOperations();
  const { context, db, place } = operations;
  const { rne } = await place("STARTERROR");
  await openFailure(operations, { rne, kind: "installation_failed" });
  await db.provisioningEntry.create({
    data: { rne, cycle: 1, operation: "operator", outcome: "done", output: OPERATOR },
  });
  const found = await findHosted(context, { rne });
  expect(found).toMatchObject({
    ...{
      view: { rne, state: "STARTERROR" },
      history: [{ state: "STARTERROR" }],
      journal: { entries: [{ output: OPERATOR }], olderBefore: null },
    },
    ...{ incidents: [{ kind: "installation_failed" }], remedies: { canRetry: true } },
  });
  expect(found?.view).not.toHaveProperty("key");
  expect(await findHosted(context, { rne: "9999999Z" })).toBeNull();
});

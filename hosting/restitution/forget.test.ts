import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEstablishment } from "#hosting/establishment/create.ts";
import { requestDeletion } from "#hosting/establishment/request-deletion.ts";
import { sweepHosting } from "#hosting/jobs/sweep.ts";
import { SCHOOL, useHosting } from "#hosting/jobs/testing/use-hosting.ts";
import { archiveDirectory } from "./archive-directory.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

test("archives stay until their date; then they go, and only a tombstone without names is left", async () => {
  const hosting = await useHosting();
  const establishment = await hosting.createReady();
  const { rne } = establishment;
  await requestDeletion(hosting.context, { establishment, author: SCHOOL });
  await hosting.reach(rne, "BCDIDELETED");
  const archive = join(archiveDirectory(hosting.context, establishment), "data.zip");

  hosting.advance(29 * DAY_MS);
  await sweepHosting(hosting.context);
  expect(existsSync(archive)).toBe(true);
  expect((await hosting.view(rne)).downloads).toHaveLength(1);

  hosting.advance(2 * DAY_MS);
  await sweepHosting(hosting.context);
  expect(existsSync(archive)).toBe(false);
  const view = await hosting.view(rne);
  expect(view).toMatchObject({
    rne,
    state: "BCDIDELETED",
    griffe: "",
    code: "",
    bases: [],
    downloads: [],
    problem: null,
  });
  expect(view.history.map(({ state }) => state)).toContain("BCDIREADY");
  expect(await hosting.db.provisioningEntry.count({ where: { rne } })).toBe(0);
  const authors = await hosting.db.history.findMany({ where: { rne }, select: { authorName: true } });
  expect(new Set(authors.map(({ authorName }) => authorName))).toEqual(new Set([""]));
});

test("a new hosting of a forgotten school begins afresh, with a key of its own", async () => {
  const hosting = await useHosting();
  const first = await hosting.create();
  await hosting.reach(first.rne, "BCDIDBWAIT");
  await requestDeletion(hosting.context, { establishment: await hosting.get(first.rne), author: SCHOOL });
  await hosting.reach(first.rne, "BCDIDELETED");
  hosting.advance(31 * DAY_MS);
  await sweepHosting(hosting.context);
  expect((await hosting.get(first.rne)).griffe).toBe("");
  const given = { rne: first.rne, griffe: "LYCEE", code: "ABCDEFGH", version: "CL" } as const;
  const second = await createEstablishment(hosting.context, given);
  expect(second.key).not.toBe(first.key);
  await hosting.reach(first.rne, "BCDIDBWAIT");
  expect((await hosting.view(first.rne)).griffe).toBe("LYCEE");
});

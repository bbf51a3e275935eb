import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { createEstablishment } from "#hosting/establishment/create.ts";
import { sweepHosting } from "#hosting/jobs/sweep.ts";
import { askForDeletion, findArchivePath } from "#tests/hosting/read-downloads.ts";
import { type HostingTest, useHosting } from "#tests/hosting/use-hosting.ts";
import { archiveDirectory } from "./archive-directory.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

test("archives stay until their date; then they go, and only a tombstone without names is left", async () => {
  const hosting = await useHosting();
  const establishment = await hosting.createReady();
  const { rne } = establishment;
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  const archive = await findArchivePath(hosting, rne, "data.zip");

  hosting.advance(29 * DAY_MS);
  await sweepHosting(hosting.context);
  expect(existsSync(archive)).toBe(true);
  expect((await hosting.view(rne)).downloads).toHaveLength(1);

  hosting.advance(2 * DAY_MS);
  await sweepHosting(hosting.context);
  expect(existsSync(archive)).toBe(false);
  expect(existsSync(archiveDirectory(hosting.context, establishment))).toBe(false);
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
  await askForDeletion(hosting, first.rne);
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

/** What is kept of each hosting of an establishment, by cycle; incidents and events, which have none, together. */
async function countKept({ db }: HostingTest, rne: string, cycle: number) {
  const where = { rne, cycle };
  const authors = await db.history.findMany({ where, select: { authorName: true } });
  return {
    files: await db.baseFile.count({ where }),
    downloads: await db.download.count({ where }),
    entries: await db.provisioningEntry.count({ where }),
    namedSteps: authors.filter(({ authorName }) => authorName !== "").length,
    incidents: await db.incident.count({ where: { rne } }),
    events: await db.event.count({ where: { rne } }),
  };
}

test("an ended hosting is forgotten at its date though the school began again; the new one keeps all", async () => {
  const hosting = await useHosting();
  hosting.faults.next("open", "permanent failure");
  const given = await hosting.create();
  const { rne } = given;
  await hosting.reach(rne, "BCDIDBWAIT");
  await hosting.send(rne, "base de mme dupont.zip");
  await hosting.complete(rne);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  await askForDeletion(hosting, rne);
  const { since: endedAt } = await hosting.reach(rne, "BCDIDELETED");
  const { griffe, code, version } = given;
  await createEstablishment(hosting.context, { rne, griffe, code, version });
  await hosting.reach(rne, "BCDIDBWAIT");
  await hosting.send(rne, "data.zip");
  await hosting.complete(rne);
  await hosting.reach(rne, "BCDIREADY");
  const ended = await countKept(hosting, rne, 1);
  expect(ended).toMatchObject({ files: 1, downloads: 1, incidents: 1 });
  const current = await countKept(hosting, rne, 2);
  const view = await hosting.view(rne);

  hosting.advance(29 * DAY_MS);
  await sweepHosting(hosting.context);
  expect(await countKept(hosting, rne, 1)).toEqual(ended);

  hosting.advance(2 * DAY_MS);
  await sweepHosting(hosting.context);
  const events = await hosting.db.event.count({ where: { rne, createdAt: { gt: endedAt } } });
  const nothing = { files: 0, downloads: 0, entries: 0, namedSteps: 0, incidents: 0, events };
  expect(await countKept(hosting, rne, 1)).toEqual(nothing);
  expect(await countKept(hosting, rne, 2)).toEqual({ ...current, incidents: 0, events });
  expect(events).toBe(view.history.length);
  expect(await hosting.view(rne)).toEqual(view);
});

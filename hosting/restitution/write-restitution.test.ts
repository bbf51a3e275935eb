import { readdir, rename, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ArchivedBase, Provisioner } from "#hosting/provisioner/port.ts";
import { askForDeletion, expectOnlyBase, readDownloads } from "#tests/hosting/read-downloads.ts";
import { baseArchive, listOpenIncidents, useHosting } from "#tests/hosting/use-hosting.ts";
import { watchSyncs } from "#tests/hosting/watch-syncs.ts";
import { archiveDirectory } from "./archive-directory.ts";

/** A waiting establishment with files under names of the school's choice, deleted. */
async function useDeletedWith(names: readonly string[]) {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  const sent: { id: string; bytes: Buffer }[] = [];
  for (const [index, name] of names.entries()) {
    const bytes = baseArchive(`base${index}`);
    const id = await hosting.send(rne, `${index}.zip`, bytes);
    // As an earlier version, which refused fewer names, wrote them.
    await hosting.db.baseFile.update({ where: { id }, data: { fileName: name } });
    sent.push({ id, bytes });
  }
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  expect(await hosting.db.incident.count()).toBe(0);
  return { sent, downloads: await readDownloads(hosting, rne), hosting, rne };
}

test.each([
  ["of 255 characters", [`${"a".repeat(251)}.zip`]],
  ["of 255 bytes and fewer characters", [`${"é".repeat(126)}.zip`]],
  ["of more bytes than a disk takes", [`${"é".repeat(251)}.zip`]],
  ["that another one with .new on top has", ["x.new", "x"]],
  ["that looks like a path", ["incoming", "../../../x"]],
])("a file name %s stops no deletion and loses no file", async (_what, names) => {
  const { sent, downloads } = await useDeletedWith(names);
  const expected = names.map((name, index) => [name, sent[index]?.bytes]);
  expect(downloads).toEqual(Object.fromEntries(expected));
});

test("names that an address cannot end in, or that are taken, are told apart by an id", async () => {
  const { sent, downloads, hosting, rne } = await useDeletedWith([".", "..", "x.zip", "X.ZIP"]);
  const id = (index: number) => sent[index]?.id.slice(0, 8);
  const names = [`${id(0)}-.`, `${id(1)}-..`, "x.zip", `${id(3)}-X.ZIP`];
  const expected = names.map((name, index) => [name, sent[index]?.bytes]);
  expect(downloads).toEqual(Object.fromEntries(expected));
  const stored = await readdir(archiveDirectory(hosting.context, await hosting.get(rne)));
  const ids = (await hosting.db.download.findMany({ where: { rne } })).map((download) => download.id);
  expect(stored.sort()).toEqual(ids.sort());
});

test("a run that was cut leaves nothing behind", async () => {
  const hosting = await useHosting({ retryDelays: { removeMs: [0] } });
  const { rne } = await hosting.createReady();
  hosting.faults.next("archive", "answer lost", "transient failure");
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  await expectOnlyBase(hosting, rne);
  const { id } = await hosting.db.download.findFirstOrThrow({ where: { rne } });
  expect(await readdir(archiveDirectory(hosting.context, await hosting.get(rne)))).toEqual([id]);
});

test("archives, and every folder on the way to them, are on stable storage before anything is destroyed", async () => {
  const synced = await watchSyncs();
  const atRemoval: string[] = [];
  const wrap = (real: Provisioner): Provisioner => ({
    ...real,
    remove: async (target) => {
      atRemoval.push(...synced);
      await real.remove(target);
    },
  });
  const hosting = await useHosting({ wrap });
  const { rne } = await hosting.createReady();
  await askForDeletion(hosting, rne);
  const establishment = await hosting.reach(rne, "BCDIDELETED");
  const { id } = await hosting.db.download.findFirstOrThrow({ where: { rne } });
  const folder = archiveDirectory(hosting.context, establishment);
  const { DATA_DIR } = hosting.context.settings;
  expect(atRemoval).toEqual(
    expect.arrayContaining([
      ...[DATA_DIR, join(DATA_DIR, "archives"), join(DATA_DIR, "archives", rne), folder],
      join(folder, `${id}.new`),
    ]),
  );
});

test("a provisioner that no longer finds a base that it mounted destroys nothing", async () => {
  const answers: ((archived: readonly ArchivedBase[]) => readonly ArchivedBase[])[] = [
    () => [],
    (archived) => archived.map((base) => ({ ...base, name: "autre" })),
  ];
  const wrap = (real: Provisioner): Provisioner => ({
    ...real,
    archive: async (target, directory) => {
      const archived = await real.archive(target, directory);
      return answers.shift()?.(archived) ?? archived;
    },
  });
  const hosting = await useHosting({ wrap, retryDelays: { removeMs: [0] } });
  const { rne } = await hosting.createReady();
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  expect([hosting.faults.count("archive"), hosting.faults.count("remove")]).toEqual([3, 1]);
  const [incident] = await hosting.db.incident.findMany();
  expect(incident?.detail).toContain("no archive of what was mounted (data)");
  await expectOnlyBase(hosting, rne);
});

test("a disk without room for the archives stops the deletion, which goes on once there is room", async () => {
  const hosting = await useHosting({ retryDelays: { removeMs: [0] } });
  const { rne } = await hosting.createReady();
  const { sizeBytes } = await hosting.db.baseFile.findFirstOrThrow({ where: { rne } });
  await hosting.db.baseFile.updateMany({ where: { rne }, data: { sizeBytes: 2n ** 52n } });
  await askForDeletion(hosting, rne);
  await hosting.workNext(rne);
  const [incident] = await listOpenIncidents(hosting, rne);
  expect(incident?.detail).toContain(`no room for the archives: they need ${2n ** 52n} bytes`);
  expect([hosting.faults.count("archive"), hosting.faults.count("remove")]).toEqual([0, 0]);
  await hosting.db.baseFile.updateMany({ where: { rne }, data: { sizeBytes } });
  await hosting.reach(rne, "BCDIDELETED");
  await expectOnlyBase(hosting, rne);
});

test.each([
  ["that lies elsewhere is copied", { isLinked: false }],
  ["behind a link is copied, not the link kept", { isLinked: true }],
])("an archive %s", async (_what, { isLinked }) => {
  const wrap = (real: Provisioner): Provisioner => ({
    ...real,
    archive: async (target, directory) => {
      const elsewhere = join(hosting.context.settings.DATA_DIR, "instances", target.rne, "elsewhere.zip");
      const archived = await real.archive(target, directory);
      return Promise.all(
        archived.map(async (base) => {
          await rename(base.path, elsewhere);
          if (isLinked) await symlink(elsewhere, base.path);
          return isLinked ? base : { ...base, path: elsewhere };
        }),
      );
    },
  });
  const hosting = await useHosting({ wrap });
  const { rne } = await hosting.createReady();
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  expect(hosting.hasInstance(rne)).toBe(false);
  await expectOnlyBase(hosting, rne);
});

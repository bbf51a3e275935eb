import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { alterEstablishment } from "#hosting/establishment/alter.ts";
import { cancelDeletion } from "#hosting/establishment/cancel-deletion.ts";
import { type Provisioner, ProvisionerFailure } from "#hosting/provisioner/port.ts";
import {
  askForDeletion,
  expectOnlyBase,
  findArchivePath,
  readDownloads,
} from "#tests/hosting/read-downloads.ts";
import {
  baseArchive,
  expectOneEventAndJobPerStep,
  handOver,
  listOpenIncidents,
  SCHOOL,
  useHosting,
} from "#tests/hosting/use-hosting.ts";

test("a deletion that fails at every point goes on until it is done, and gives everything back", async () => {
  const hosting = await useHosting({ retryDelays: { removeMs: [0] } });
  const { rne } = await hosting.createReady();
  hosting.faults.next("archive", "transient failure", "permanent failure", "answer lost");
  hosting.faults.next("remove", "transient failure", "permanent failure", "answer lost");
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  // Once verified, archives are never written again: what is left of the server may be half of it.
  expect([hosting.faults.count("archive"), hosting.faults.count("remove")]).toEqual([4, 4]);
  expect(await hosting.db.incident.findMany()).toMatchObject([
    { kind: "removal_failed", resolvedAt: expect.any(Date) },
  ]);
  expect(hosting.hasInstance(rne)).toBe(false);
  expect((await hosting.view(rne)).problem).toBeNull();
  await expectOnlyBase(hosting, rne);
  const states = (await hosting.view(rne)).history.map(({ state }) => state);
  expect(states.slice(-2)).toEqual(["BCDIDELETE", "BCDIDELETED"]);
});

test("while its archives cannot be written it stays, with the server whole and the school informed", async () => {
  const hosting = await useHosting({ retryDelays: { removeMs: [3_600_000] } });
  const { rne } = await hosting.createReady();
  hosting.faults.next("archive", "permanent failure");
  await askForDeletion(hosting, rne);
  await hosting.workAll(rne);
  expect((await hosting.view(rne)).problem?.code).toBe("removal_failed");
  expect(await hosting.get(rne)).toMatchObject({ state: "BCDIDELETE" });
  expect(hosting.hasInstance(rne)).toBe(true);
  expect(hosting.faults.count("remove")).toBe(0);
  expect(await readdir(join(hosting.context.settings.DATA_DIR, "uploads", rne))).toHaveLength(1);
  const attempt = cancelDeletion(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
  await expect(attempt).rejects.toMatchObject({ code: "state_conflict" });
});

test.each([
  ["other bytes than it announced", { changesBytes: true }],
  ["another digest than the bytes have", { changesBytes: false }],
])("a provisioner whose archive has %s destroys nothing", async (_what, { changesBytes }) => {
  let lies = 2;
  const wrap = (real: Provisioner): Provisioner => ({
    ...real,
    archive: async (target, directory) => {
      const archived = await real.archive(target, directory);
      lies -= 1;
      if (lies < 0) return archived;
      if (!changesBytes) return archived.map((base) => ({ ...base, sha256: "0".repeat(64) }));
      for (const { path } of archived) await writeFile(path, "damaged", { flag: "r+" });
      return archived;
    },
  });
  const hosting = await useHosting({ wrap, retryDelays: { removeMs: [0] } });
  const { rne } = await hosting.createReady();
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  const [incident] = await hosting.db.incident.findMany();
  expect(incident?.detail).toContain("is not what was announced");
  expect([hosting.faults.count("archive"), hosting.faults.count("remove")]).toEqual([3, 1]);
  await expectOnlyBase(hosting, rne);
});

test("an archive that is damaged between its verification and the removal stops the removal", async () => {
  const verified: Buffer[] = [];
  const wrap = (real: Provisioner): Provisioner => ({
    ...real,
    remove: async (target) => {
      if (verified.length > 0) return real.remove(target);
      const path = await findArchivePath(hosting, target.rne, "data.zip");
      verified.push(await readFile(path));
      await writeFile(path, "damaged", { flag: "r+" });
      throw new ProvisionerFailure("the server does not answer", { isTransient: true });
    },
  });
  const hosting = await useHosting({ wrap, retryDelays: { removeMs: [0] } });
  const { rne } = await hosting.createReady();
  await askForDeletion(hosting, rne);
  for (let tries = 0; tries < 2; tries += 1) await hosting.workNext(rne);
  const [incident] = await listOpenIncidents(hosting, rne);
  expect(incident?.detail).toContain("is no longer the archive that was verified");
  expect([hosting.faults.count("remove"), hosting.hasInstance(rne)]).toEqual([1, true]);
  const path = await findArchivePath(hosting, rne, "data.zip");
  await writeFile(path, verified[0] ?? "");
  await hosting.reach(rne, "BCDIDELETED");
  await expectOnlyBase(hosting, rne);
});

test("files that were received and never mounted come back as they were sent; a half-sent one does not", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  const sent = [baseArchive("data"), Buffer.from("ni base ni archive"), baseArchive("autre")] as const;
  await hosting.send(rne, "Base principale.zip", sent[0]);
  await hosting.send(rne, "notes.txt", sent[1]);
  await hosting.send(rne, "moitié.zip", sent[2], { isHalf: true });
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  expect(await readDownloads(hosting, rne)).toEqual({ "Base principale.zip": sent[0], "notes.txt": sent[1] });
  await expectOneEventAndJobPerStep(hosting, rne);
});

test("a received file never takes the name of a base's archive, even when the removal is done twice", async () => {
  const hosting = await useHosting({ retryDelays: { removeMs: [0] } });
  hosting.faults.next("open", "permanent failure");
  const { rne } = await handOver(hosting);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  const other = baseArchive("data", [{ name: "data/NOUVEAU.DAT", content: "plus récent" }]);
  const id = await hosting.send(rne, "data.zip", other);
  hosting.faults.next("remove", "answer lost");
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  const downloads = await readDownloads(hosting, rne);
  expect(Object.keys(downloads).sort()).toEqual([`${id.slice(0, 8)}-data.zip`, "data.zip"].sort());
  expect(downloads[`${id.slice(0, 8)}-data.zip`]).toEqual(other);
  expect(downloads["data.zip"]).not.toEqual(other);
});

test("a received file whose bytes are gone stops the deletion before anything is destroyed", async () => {
  const hosting = await useHosting({ retryDelays: { removeMs: [0] } });
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  const bytes = baseArchive();
  const id = await hosting.send(rne, "data.zip", bytes);
  const path = uploadPath(hosting.context, { rne, id });
  await writeFile(path, bytes.subarray(1));
  await askForDeletion(hosting, rne);
  await hosting.workNext(rne);
  const [incident] = await listOpenIncidents(hosting, rne);
  expect(incident?.detail).toContain(`has ${bytes.length - 1} bytes instead of ${bytes.length}`);
  expect([hosting.faults.count("remove"), hosting.hasInstance(rne)]).toEqual([0, true]);
  await writeFile(path, bytes);
  await hosting.reach(rne, "BCDIDELETED");
  expect(await readDownloads(hosting, rne)).toEqual({ "data.zip": bytes });
});

test("a change that the deletion overtook leaves nothing behind", async () => {
  const hosting = await useHosting();
  const establishment = await hosting.createReady();
  const { rne } = establishment;
  const changes = { griffe: "LYCÉE DE MME DUPONT", code: "ZZZZZZZZ", version: "SP" } as const;
  await alterEstablishment(hosting.context, { establishment, changes, author: SCHOOL });
  const alteration = await hosting.hold(rne, "alter");
  await askForDeletion(hosting, rne);
  await alteration.release();
  expect(await hosting.reach(rne, "BCDIDELETED")).toMatchObject({
    ...{ pendingGriffe: null, pendingCode: null, pendingVersion: null },
  });
});

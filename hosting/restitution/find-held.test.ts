import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeFile } from "#hosting/deposit/remove-file.ts";
import { instancePaths } from "#hosting/provisioner/folder/paths.ts";
import { askForDeletion, expectOnlyBase, readDownloads } from "#tests/hosting/read-downloads.ts";
import { baseArchive, type HostingTest, handOver, useHosting } from "#tests/hosting/use-hosting.ts";

/** An establishment whose one base was mounted, though nobody learnt of it: its record says "received". */
async function useSilentlyMounted(sent = baseArchive()) {
  const hosting = await useHosting({ retryDelays: { depositMs: [] } });
  hosting.faults.next("mount", "answer lost");
  const { rne, id } = await handOver(hosting, sent);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  expect((await hosting.view(rne)).bases).toMatchObject([{ status: "received" }]);
  return { hosting, rne, id, sent, notices: join(basesOf(hosting, rne), "data", "NOTICES.DAT") };
}

const basesOf = ({ context }: HostingTest, rne: string) =>
  instancePaths(context.settings.DATA_DIR, rne).bases;

async function deleteNow(hosting: HostingTest, rne: string): Promise<void> {
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  expect(await hosting.db.incident.count({ where: { resolvedAt: null } })).toBe(0);
}

test("a base that was mounted without a record of it is given back once, and then said to be mounted", async () => {
  const { hosting, rne } = await useSilentlyMounted();
  await deleteNow(hosting, rne);
  await expectOnlyBase(hosting, rne);
  expect((await hosting.view(rne)).bases).toMatchObject([{ name: "data", status: "mounted", problem: null }]);
});

test.each([
  ["a byte of it", (notices: string) => flipFirstByte(notices)],
  ["its length", (notices: string) => appendFile(notices, "x")],
  ["a new file in it", (notices: string) => writeFile(`${notices}.NEW`, "x")],
])("where the server's base differs by %s, both are given back", async (_what, change) => {
  const { hosting, rne, sent, notices } = await useSilentlyMounted();
  await change(notices);
  await deleteNow(hosting, rne);
  const downloads = await readDownloads(hosting, rne);
  expect(Object.keys(downloads)).toHaveLength(2);
  expect(Object.values(downloads).filter((bytes) => bytes.equals(sent))).toHaveLength(1);
  expect((await hosting.view(rne)).bases).toMatchObject([{ status: "received" }]);
});

test.each([
  ["a file that is none of its own", "lisez-moi.txt"],
  ["an older base", "sauvegardes/2019/vieille/NOTICES.DAT"],
])("where the archive that was sent holds %s beside its base, both are given back", async (_what, name) => {
  const { hosting, rne, sent } = await useSilentlyMounted(baseArchive("data", [{ name, content: "x" }]));
  await deleteNow(hosting, rne);
  const downloads = Object.values(await readDownloads(hosting, rne));
  expect(downloads).toHaveLength(2);
  expect(downloads.some((bytes) => bytes.equals(sent))).toBe(true);
});

test("a file sent in place of the mounted one, under its name, is given back beside it", async () => {
  const { hosting, rne, id } = await useSilentlyMounted();
  await removeFile(hosting.context, { establishment: await hosting.get(rne), id });
  const other = baseArchive("data", [{ name: "data/AUTEURS.DAT", content: "other" }]);
  await hosting.send(rne, "data.zip", other);
  hosting.faults.next("mount", "permanent failure");
  await hosting.complete(rne);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  expect((await hosting.view(rne)).bases).toMatchObject([{ name: "data", status: "received" }]);
  await deleteNow(hosting, rne);
  const { "data.zip": mounted, ...others } = await readDownloads(hosting, rne);
  expect(mounted?.includes("AUTEURS.DAT")).toBe(false);
  expect(Object.values(others)).toEqual([other]);
});

test("a mounted base that was checked anew, beside a file that is none, is given back once", async () => {
  const hosting = await useHosting();
  hosting.faults.next("open", "permanent failure");
  const { rne } = await handOver(hosting);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  const notes = Buffer.from("notes of a meeting");
  await hosting.send(rne, "notes.zip", notes);
  await hosting.complete(rne);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  expect((await hosting.view(rne)).bases).toMatchObject([{ status: "received" }, { status: "rejected" }]);
  await deleteNow(hosting, rne);
  const { "data.zip": base, ...others } = await readDownloads(hosting, rne);
  expect(base).toBeDefined();
  expect(others).toEqual({ "notes.zip": notes });
});

test("a file that was rejected only for its twin, and is what the server holds, is given back once", async () => {
  const { hosting, rne, id } = await useSilentlyMounted();
  const twin = baseArchive("data", [{ name: "data/AUTEURS.DAT", content: "twin" }]);
  await hosting.send(rne, "twin.zip", twin);
  await hosting.db.baseFile.update({ where: { id }, data: { position: 9 } });
  await hosting.complete(rne);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  expect((await hosting.view(rne)).bases).toMatchObject([{ status: "received" }, { status: "rejected" }]);
  await deleteNow(hosting, rne);
  const downloads = await readDownloads(hosting, rne);
  expect(Object.keys(downloads).sort()).toEqual(["data.zip", "twin.zip"]);
  expect(downloads["twin.zip"]?.equals(twin)).toBe(true);
});

async function flipFirstByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

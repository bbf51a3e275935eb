import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { checkArchive } from "#hosting/archive/check.ts";
import { requestDeletion } from "#hosting/establishment/request-deletion.ts";
import { archivePath } from "#hosting/restitution/archive-directory.ts";
import { type HostingTest, SCHOOL } from "./use-hosting.ts";

export async function askForDeletion(hosting: HostingTest, rne: string): Promise<void> {
  await requestDeletion(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
}

/** Where an archive of the present hosting lies. */
export async function findArchivePath(hosting: HostingTest, rne: string, fileName: string): Promise<string> {
  const { cycle } = await hosting.get(rne);
  const where = { rne_cycle_fileName: { rne, cycle, fileName } };
  return archivePath(hosting.context, await hosting.db.download.findUniqueOrThrow({ where }));
}

/** What the school can download: each file's bytes, which are those that were promised. */
export async function readDownloads(hosting: HostingTest, rne: string): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const { fileName, size, sha256 } of (await hosting.view(rne)).downloads) {
    const bytes = await readFile(await findArchivePath(hosting, rne, fileName));
    const digest = createHash("sha256").update(bytes).digest("hex");
    expect({ fileName, size: bytes.length, sha256: digest }).toEqual({ fileName, size, sha256 });
    files[fileName] = bytes;
  }
  return files;
}

/** That the school gets back the one base of `createReady`, whole. */
export async function expectOnlyBase(hosting: HostingTest, rne: string): Promise<void> {
  expect(Object.keys(await readDownloads(hosting, rne))).toEqual(["data.zip"]);
  const checked = await checkArchive({ archivePath: await findArchivePath(hosting, rne, "data.zip") });
  expect(checked.files.map(({ path }) => path)).toEqual(["NOTICES.DAT"]);
}

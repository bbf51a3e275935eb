import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HostingContext } from "#hosting/context.ts";
import { syncDirectory } from "#hosting/deposit/storage.ts";
import type { Download } from "#prisma/generated/client.ts";

interface Hosting {
  readonly rne: string;
  readonly cycle: number;
}

/** Where one hosting's archives lie until their date. */
export function archiveDirectory(context: HostingContext, { rne, cycle }: Hosting): string {
  return join(context.settings.DATA_DIR, "archives", rne, String(cycle));
}

export function archivePath(
  context: HostingContext,
  download: Pick<Download, "rne" | "cycle" | "storedName">,
): string {
  return join(archiveDirectory(context, download), download.storedName);
}

/** Makes it; on stable storage, and so is every folder on the way to it, when this returns. */
export async function makeArchiveDirectory(context: HostingContext, hosting: Hosting): Promise<string> {
  const directory = archiveDirectory(context, hosting);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // An earlier run may have made some of them and been cut before it could sync.
  for (const made of [directory, dirname(directory), dirname(dirname(directory))])
    await syncDirectory(dirname(made));
  return directory;
}

/** What a run that was cut left behind would stand in the way of the next one, and for ever take its room. */
export async function clearArchiveDirectory(context: HostingContext, hosting: Hosting): Promise<void> {
  const { rne, cycle } = hosting;
  const promised = await context.db.download.findMany({ where: { rne, cycle } });
  const kept = new Set(promised.map(({ storedName }) => storedName));
  const directory = archiveDirectory(context, hosting);
  for (const name of await readdir(directory)) {
    if (!kept.has(name)) await rm(join(directory, name), { recursive: true, force: true });
  }
}

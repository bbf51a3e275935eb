import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { syncDirectory } from "#hosting/deposit/storage.ts";
import { type BaseToMount, ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { exists } from "./disk.ts";
import { encodeJson, findJson } from "./json-file.ts";
import type { InstancePaths } from "./paths.ts";
import { writeDurably } from "./write-durably.ts";

const ListSchema = z.array(z.object({ name: z.string(), role: z.enum(["main", "secondary"]) }));
export type MountedBase = z.infer<typeof ListSchema>[number];

// The list lies in the folder that it describes: one rename puts both in place.
const listPath = (bases: string) => join(bases, ".bases.json");

/** The bases in place, the main one first; an exchange that was cut between its two renames is taken back. */
export async function listMounted(paths: InstancePaths): Promise<MountedBase[]> {
  if (!(await exists(paths.bases)) && (await exists(paths.formerBases)))
    await rename(paths.formerBases, paths.bases);
  return (await findJson(listPath(paths.bases), ListSchema)) ?? [];
}

/** Gathers the bases beside those in place; true when there is anything to exchange. */
export async function gatherBases(paths: InstancePaths, bases: readonly BaseToMount[]): Promise<boolean> {
  const wanted = bases.map(({ name, role }) => ({ name, role }));
  const gathered = await Promise.all(bases.map((base) => findGathered(paths, base)));
  const lost = bases.filter((_, index) => gathered[index] === null);
  if (lost.length > 0) {
    // Moved away and put in place already, by a run that was cut or whose answer was lost.
    const isDone = lost.length === bases.length && isSame(await listMounted(paths), wanted);
    if (isDone) return false;
    const names = lost.map(({ directory }) => directory).join(", ");
    throw new ProvisionerFailure(`nothing to mount at ${names}`, { isTransient: false });
  }
  await mkdir(paths.freshBases, { recursive: true, mode: 0o700 });
  for (const { name, directory } of bases) {
    const place = join(paths.freshBases, name);
    if (!(await exists(directory))) continue;
    await rm(place, { recursive: true, force: true });
    await rename(directory, place);
  }
  for (const name of await readdir(paths.freshBases))
    if (!bases.some((base) => base.name === name))
      await rm(join(paths.freshBases, name), { recursive: true, force: true });
  await writeDurably(listPath(paths.freshBases), encodeJson(wanted));
  return true;
}

/** Puts the gathered bases in place of the former ones. */
export async function exchangeBases(paths: InstancePaths): Promise<void> {
  if (await exists(paths.bases)) {
    await rm(paths.formerBases, { recursive: true, force: true });
    await rename(paths.bases, paths.formerBases);
  }
  await rename(paths.freshBases, paths.bases);
  await syncDirectory(paths.root);
}

export async function discardFormerBases(paths: InstancePaths): Promise<void> {
  await rm(paths.formerBases, { recursive: true, force: true });
}

/** Where a base lies that is to be mounted: where it was extracted or, by a run that was cut, among the gathered. */
async function findGathered(paths: InstancePaths, { name, directory }: BaseToMount): Promise<string | null> {
  for (const path of [directory, join(paths.freshBases, name)]) if (await exists(path)) return path;
  return null;
}

function isSame(mounted: readonly MountedBase[], wanted: readonly MountedBase[]): boolean {
  return (
    mounted.length === wanted.length &&
    mounted.every(({ name, role }, index) => name === wanted[index]?.name && role === wanted[index]?.role)
  );
}

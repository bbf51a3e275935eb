import { access, constants, cp, mkdir, rename, rm, stat } from "node:fs/promises";
import { relative } from "node:path";
import { syncDirectory } from "#hosting/deposit/storage.ts";
import { ProvisionerFailure, type Target } from "#hosting/provisioner/port.ts";
import { failureCode } from "#platform/failure.ts";
import { discard } from "./disk.ts";
import { encodeIni } from "./ini.ts";
import type { InstancePaths } from "./paths.ts";
import { writeRecord } from "./record.ts";
import { syncTree } from "./sync-tree.ts";
import { writeDurably } from "./write-durably.ts";

/** Makes an instance beside the place where it belongs, then puts it there whole. */
export async function makeInstance(
  paths: InstancePaths,
  target: Target,
  { port, templateDirectory }: { port: number; templateDirectory: string | undefined },
): Promise<void> {
  const { fresh } = paths;
  await rm(fresh.root, { recursive: true, force: true });
  await mkdir(paths.instances, { recursive: true, mode: 0o700 });
  if (templateDirectory) await copyTemplate(templateDirectory, fresh.root);
  await mkdir(fresh.bases, { recursive: true, mode: 0o700 });
  await writeDurably(fresh.ini, encodeIni(target, port, []));
  await writeRecord(fresh.record, { cycle: target.cycle, port, isOpened: false });
  await discard(paths.root, paths.discarded);
  await rename(fresh.root, paths.root);
  await syncDirectory(paths.instances);
}

// What an instance keeps of its own. With another one's, the new server would be taken for a process of that school.
const OWN_NAMES = /^(bases$|\.bases\.|bcdiserv\.ini\.|(instance\.json|server\.json|server\.log)($|\.))/;

/** All of the template but what it keeps of a use of its own; on stable storage when this returns. */
async function copyTemplate(templateDirectory: string, directory: string): Promise<void> {
  try {
    if (!(await stat(templateDirectory)).isDirectory())
      throw new ProvisionerFailure("BCDI_TEMPLATE_DIR is not a folder", { isTransient: false });
    await access(templateDirectory, constants.R_OK | constants.X_OK);
    // Links are copied as what they point to: an instance has to stand by itself.
    const filter = (path: string) => !OWN_NAMES.test(relative(templateDirectory, path));
    await cp(templateDirectory, directory, { recursive: true, dereference: true, filter });
    await syncTree(directory);
  } catch (failure) {
    if (failure instanceof ProvisionerFailure) throw failure;
    const code = failureCode(failure);
    if (code !== "ENOENT" && code !== "EACCES") throw failure;
    throw new ProvisionerFailure(
      `BCDI_TEMPLATE_DIR (${templateDirectory}) cannot be copied: ${String(failure)}`,
      { isTransient: false },
    );
  }
}

import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { removeStoredFile } from "#hosting/deposit/remove-file.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { tryWithAdvisoryLock } from "#platform/database/advisory-lock.ts";
import { failureCode } from "#platform/failure.ts";
import { stepLock } from "./run-step.ts";
import type { StepContext } from "./step-context.ts";

const STRAY_AFTER_MS = 24 * 60 * 60 * 1000;

/** Bases extracted by a run that was cut after its step, or before a deletion: the next one would make its own. */
export async function removeStrayStaging(context: StepContext): Promise<void> {
  const root = join(context.settings.DATA_DIR, "staging");
  for (const name of await list(root)) {
    const [rne = "", cycle] = name.split("-");
    await tryWithAdvisoryLock(context.connectionString, stepLock({ rne }), async () => {
      const establishment = await context.db.establishment.findUnique({ where: { rne } });
      const isWanted = establishment?.state === "BCDIDBUPLOADED" && String(establishment.cycle) === cycle;
      if (!isWanted) await rm(join(root, name), { recursive: true, force: true });
    });
  }
}

/**
 * Files of uploads that no record speaks of: a process died between the two. Young ones are left, for a creation
 * writes the file first.
 */
export async function removeStrayFiles(context: StepContext): Promise<void> {
  const before = Date.now() - STRAY_AFTER_MS;
  const root = join(context.settings.DATA_DIR, "uploads");
  for (const rne of await list(root)) {
    const ids = (await list(join(root, rne))).filter((name) => z.uuid().safeParse(name).success);
    if (ids.length === 0) continue;
    const known = await context.db.baseFile.findMany({ where: { id: { in: ids } }, select: { id: true } });
    const strays = ids.filter((id) => !known.some((file) => file.id === id));
    for (const id of strays) {
      const found = await stat(uploadPath(context, { rne, id })).catch(nullWhenAbsent);
      if (found === null || found.mtimeMs > before) continue;
      await removeStoredFile(context, { rne, id });
      context.log.warn({ rne, file: id }, "a file without a record was removed");
    }
  }
}

async function list(directory: string): Promise<string[]> {
  return (await readdir(directory).catch(nullWhenAbsent)) ?? [];
}

function nullWhenAbsent(failure: unknown): null {
  if (failureCode(failure) === "ENOENT") return null;
  throw failure;
}

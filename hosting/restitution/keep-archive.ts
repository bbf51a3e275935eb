import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { digestFile } from "#hosting/archive/digest-file.ts";
import { type ArchivedBase, ProvisionerFailure } from "#hosting/provisioner/port.ts";
import type { BaseFile } from "#prisma/generated/client.ts";
import { type ArchivedFile, findSize, keepIntact } from "./archived-file.ts";

/** Whether the provisioner wrote an archive where it was asked to: then it is ours to move. */
export function isWrittenInto(incoming: string, { path }: ArchivedBase): boolean {
  return dirname(path) === incoming;
}

/** What the provisioner says of an archive is checked, whoever the provisioner is. */
export async function keepArchivedBase(
  base: ArchivedBase,
  { directory, incoming }: { directory: string; incoming: string },
): Promise<ArchivedFile> {
  const { sizeBytes, sha256 } = base;
  const id = randomUUID();
  const expected = { sizeBytes, sha256, canMove: isWrittenInto(incoming, base) };
  if (await keepIntact(base.path, join(directory, id), expected))
    return { id, fileName: `${base.name}.zip`, sizeBytes, sha256 };
  throw new ProvisionerFailure(`the archive of ${base.name} is not what was announced`, {
    isTransient: true,
  });
}

/** A file that was received and never mounted, as it came, under a name that no file `kept` so far has. */
export async function keepUnmountedFile(
  file: BaseFile,
  { source, directory, kept }: { source: string; directory: string; kept: readonly ArchivedFile[] },
): Promise<ArchivedFile> {
  const id = randomUUID();
  const sizeBytes = Number(file.sizeBytes);
  const found = await findSize(source);
  if (found !== sizeBytes) {
    const what = found === null ? "is missing" : `has ${found} bytes instead of ${sizeBytes}`;
    throw new ProvisionerFailure(`the received file ${source} ${what}`, { isTransient: true });
  }
  const sha256 = await digestFile(source);
  // Moved, it would be gone from the deposit of a run that is cut and begins again.
  if (!(await keepIntact(source, join(directory, id), { sizeBytes, sha256, canMove: false })))
    throw new ProvisionerFailure(`the copy of ${source} differs from it`, { isTransient: true });
  return { id, fileName: findFreeName(file, kept), sizeBytes, sha256 };
}

/** The address of a download ends in its name, where `.` and `..` would be folders. */
const NO_NAME = /^\.{1,2}$/;

function findFreeName({ id, fileName }: BaseFile, kept: readonly ArchivedFile[]): string {
  const taken = new Set(kept.map((file) => file.fileName.toLowerCase()));
  let name = fileName;
  while (NO_NAME.test(name) || taken.has(name.toLowerCase())) name = `${id.slice(0, 8)}-${name}`;
  return name;
}

import type { HostingContext } from "#hosting/context.ts";
import { findFreeBytes } from "#hosting/deposit/storage.ts";
import { type ArchivedBase, ProvisionerFailure } from "#hosting/provisioner/port.ts";
import type { BaseFile } from "#prisma/generated/client.ts";

/** A disk that fills up while archives are written takes the database with it. */
export async function refuseWithoutRoom(
  context: HostingContext,
  sizes: readonly (bigint | number)[],
): Promise<void> {
  const neededBytes = sizes.reduce<number>((total, size) => total + Number(size), 0);
  const freeBytes = Math.max(0, await findFreeBytes(context));
  if (neededBytes <= freeBytes) return;
  throw new ProvisionerFailure(
    `no room for the archives: they need ${neededBytes} bytes, of which ${freeBytes} are free`,
    { isTransient: true },
  );
}

/** A provisioner that no longer finds a base that it mounted would have it destroyed without a copy. */
export function refuseWithoutEveryBase(files: readonly BaseFile[], archived: readonly ArchivedBase[]): void {
  const names = new Set<string | null>(archived.map(({ name }) => name));
  const missing = files.filter(({ status, name }) => status === "mounted" && !names.has(name));
  if (missing.length === 0) return;
  const list = missing.map(({ name, fileName }) => name ?? fileName).join(", ");
  throw new ProvisionerFailure(`no archive of what was mounted (${list}): nothing is removed`, {
    isTransient: false,
  });
}

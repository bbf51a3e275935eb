import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { ProvisionerFailure } from "#hosting/provisioner/port.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { archivePath } from "./archive-directory.ts";
import { isIntact } from "./archived-file.ts";

const VERIFIED = { operation: "verify", outcome: "done" } as const;

/** Notes, together with the list of the archives, that each of them was written and read back. */
export async function noteRestitutionWritten(
  context: HostingContext,
  transaction: Pick<HostingTransaction, "provisioningEntry">,
  { rne, cycle }: Establishment,
  output: string,
): Promise<void> {
  const data = { ...VERIFIED, rne, cycle, output, at: context.clock.now() };
  await transaction.provisioningEntry.create({ data });
}

/**
 * Whether a hosting's archives are written. They are then never written again: a removal that was cut may have
 * destroyed half of what they hold.
 */
export async function isRestitutionWritten(
  context: HostingContext,
  { rne, cycle }: Establishment,
): Promise<boolean> {
  const note = await context.db.provisioningEntry.findFirst({ where: { ...VERIFIED, rne, cycle } });
  return note !== null;
}

/** Reads every archive once more; throws before anything more is destroyed. */
export async function verifyRestitution(
  context: HostingContext,
  { rne, cycle }: Establishment,
): Promise<void> {
  const downloads = await context.db.download.findMany({ where: { rne, cycle } });
  for (const download of downloads) {
    const { fileName, sizeBytes, sha256 } = download;
    const path = archivePath(context, download);
    if (await isIntact(path, { sizeBytes: Number(sizeBytes), sha256 })) continue;
    throw new ProvisionerFailure(
      `${path} (${fileName}) is no longer the archive that was verified: nothing more is removed`,
      {
        isTransient: true,
      },
    );
  }
}

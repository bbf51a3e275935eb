import type { HostingContext } from "#hosting/context.ts";
import type { BaseFile } from "#prisma/generated/client.ts";

/**
 * Records bytes that are on stable storage; a file whose last byte is there becomes `received`, once. The record alone
 * says how long a file is: what lies on the disk beyond it, after a crash, was never synced, and is sent again. Null
 * when the file is no longer in the deposit.
 */
export async function recordReceived(
  context: HostingContext,
  file: BaseFile,
  receivedBytes: number,
): Promise<BaseFile | null> {
  const received = BigInt(receivedBytes);
  const [recorded] = await context.db.baseFile.updateManyAndReturn({
    where: { id: file.id, status: "receiving", receivedBytes: { lte: received } },
    data: {
      receivedBytes: received,
      lastActivityAt: context.clock.now(),
      ...(received >= file.sizeBytes ? { status: "received" } : {}),
    },
  });
  return recorded ?? context.db.baseFile.findUnique({ where: { id: file.id } });
}

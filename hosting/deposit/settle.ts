import { open } from "node:fs/promises";
import type { HostingContext } from "#hosting/context.ts";
import { failureCode } from "#platform/failure.ts";
import type { BaseFile } from "#prisma/generated/client.ts";
import { uploadPath } from "./storage.ts";

/**
 * Brings a file's record up to what lies on the disk: a process that was killed wrote bytes it could not record. What
 * is recorded is synced first, so nobody is ever told of a byte that a power cut could take back.
 */
export async function settleReceived(context: HostingContext, file: BaseFile): Promise<BaseFile> {
  if (file.status !== "receiving") return file;
  const onDisk = await syncedSize(uploadPath(context, file));
  if (BigInt(onDisk) === file.receivedBytes && onDisk < file.sizeBytes) return file;
  return recordReceived(context, file, onDisk);
}

/** Records bytes that are on stable storage; a file whose last byte is there becomes `received`, once. */
export async function recordReceived(
  context: HostingContext,
  file: BaseFile,
  receivedBytes: number,
): Promise<BaseFile> {
  const received = BigInt(receivedBytes);
  await context.db.baseFile.updateMany({
    where: { id: file.id, status: "receiving", receivedBytes: { lte: received } },
    data: {
      receivedBytes: received,
      lastActivityAt: context.clock.now(),
      ...(received >= file.sizeBytes ? { status: "received" } : {}),
    },
  });
  return context.db.baseFile.findUniqueOrThrow({ where: { id: file.id } });
}

async function syncedSize(path: string): Promise<number> {
  try {
    const file = await open(path, "r+");
    try {
      const { size } = await file.stat();
      await file.datasync();
      return size;
    } finally {
      await file.close();
    }
  } catch (failure) {
    if (failureCode(failure) === "ENOENT") return 0;
    throw failure;
  }
}

import { open, stat } from "node:fs/promises";
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
  const path = uploadPath(context, file);
  // What is recorded was synced before it was.
  if (BigInt(await sizeOf(path)) === file.receivedBytes && file.receivedBytes < file.sizeBytes) return file;
  return recordReceived(context, file, await syncedSize(path));
}

/** Records bytes that are on stable storage; a file whose last byte is there becomes `received`, once. */
export async function recordReceived(
  context: HostingContext,
  file: BaseFile,
  receivedBytes: number,
): Promise<BaseFile> {
  const received = BigInt(receivedBytes);
  const [recorded] = await context.db.baseFile.updateManyAndReturn({
    where: { id: file.id, status: "receiving", receivedBytes: { lte: received } },
    data: {
      receivedBytes: received,
      lastActivityAt: context.clock.now(),
      ...(received >= file.sizeBytes ? { status: "received" } : {}),
    },
  });
  // Who does not hold the file's lock may find it gone.
  return recorded ?? (await context.db.baseFile.findUnique({ where: { id: file.id } })) ?? file;
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(zeroWhenAbsent);
  return found === 0 ? 0 : found.size;
}

async function syncedSize(path: string): Promise<number> {
  const file = await open(path, "r+").catch(zeroWhenAbsent);
  if (file === 0) return 0;
  try {
    const { size } = await file.stat();
    await file.datasync();
    return size;
  } finally {
    await file.close();
  }
}

function zeroWhenAbsent(failure: unknown): 0 {
  if (failureCode(failure) === "ENOENT") return 0;
  throw failure;
}

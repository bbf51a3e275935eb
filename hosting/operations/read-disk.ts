import { mkdir, statfs } from "node:fs/promises";
import type { HostingContext } from "#hosting/context.ts";

/** The disk that holds everything, and what of it is ours as far as the tables tell: counting files would cost. */
export interface DiskFigures {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly uploads: { readonly count: number; readonly sizeBytes: number };
  readonly archives: { readonly count: number; readonly sizeBytes: number };
  /** How many establishments have a server of theirs installed. */
  readonly installed: number;
}

export async function readDisk(context: HostingContext): Promise<DiskFigures> {
  await mkdir(context.settings.DATA_DIR, { recursive: true });
  const [disk, uploads, archives, installed] = await Promise.all([
    statfs(context.settings.DATA_DIR),
    context.db.baseFile.aggregate({
      where: { fileRemovedAt: null },
      _count: { _all: true },
      _sum: { receivedBytes: true },
    }),
    context.db.download.aggregate({
      where: { removedAt: null },
      _count: { _all: true },
      _sum: { sizeBytes: true },
    }),
    context.db.establishment.count({ where: { state: { notIn: ["START", "STARTERROR", "BCDIDELETED"] } } }),
  ]);
  return {
    totalBytes: disk.blocks * disk.bsize,
    freeBytes: disk.bavail * disk.bsize,
    uploads: { count: uploads._count._all, sizeBytes: Number(uploads._sum.receivedBytes ?? 0) },
    archives: { count: archives._count._all, sizeBytes: Number(archives._sum.sizeBytes ?? 0) },
    installed,
  };
}

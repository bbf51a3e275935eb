import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EntrySink } from "./verify-entries.ts";

const MAX_SYNCS = 4;
const SYNC_STEP_BYTES = 64 * 1024 * 1024;

/** How many bytes may still be written below this folder. */
export type FindRoom = (folder: string) => Promise<number>;

/** A fresh folder that fills with files, and is either whole and durable or not there at all. */
export class Extraction {
  readonly #folder: string;
  readonly #folders = new Set<string>();
  readonly #syncs = new Set<Promise<void>>();
  #failure: { error: unknown } | null = null;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws ENOSPC when there is no room for `totalBytes`, EEXIST when the folder exists. */
  static async create(folder: string, totalBytes: number, findRoomBytes: FindRoom): Promise<Extraction> {
    if ((await findRoomBytes(dirname(folder))) < totalBytes) {
      const error = new Error(`no room for ${totalBytes} bytes beside ${folder}`);
      throw Object.assign(error, { code: "ENOSPC" });
    }
    await mkdir(folder);
    return new Extraction(folder);
  }

  async addFolder(path: string): Promise<void> {
    if (path === "." || path === "" || this.#folders.has(path)) return;
    await mkdir(join(this.#folder, path), { recursive: true });
    for (let parent = path; parent !== "."; parent = dirname(parent)) this.#folders.add(parent);
  }

  async openFile(path: string): Promise<EntrySink> {
    await this.addFolder(dirname(path));
    const handle = await open(join(this.#folder, path), "wx", 0o644);
    return new FileSink(handle, (sync) => this.#schedule(sync));
  }

  /** Returns once every byte and every name is on stable storage. */
  async finish(): Promise<void> {
    await this.#settle();
    if (this.#failure !== null) throw this.#failure.error;
    for (const path of this.#folders) await syncFolder(join(this.#folder, path));
    await syncFolder(this.#folder);
    await syncFolder(dirname(this.#folder));
  }

  async discard(): Promise<void> {
    await this.#settle();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #settle(): Promise<void> {
    while (this.#syncs.size > 0) await Promise.all(this.#syncs);
  }

  // Syncs run beside the decompression; few of them, so that threads remain for it.
  async #schedule(sync: () => Promise<void>): Promise<void> {
    const running = sync()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#syncs.delete(running));
    this.#syncs.add(running);
    while (this.#syncs.size >= MAX_SYNCS) await Promise.race(this.#syncs);
    if (this.#failure !== null) throw this.#failure.error;
  }
}

class FileSink implements EntrySink {
  readonly #handle: FileHandle;
  readonly #schedule: (sync: () => Promise<void>) => Promise<void>;
  #unsyncedBytes = 0;

  constructor(handle: FileHandle, schedule: (sync: () => Promise<void>) => Promise<void>) {
    this.#handle = handle;
    this.#schedule = schedule;
  }

  async write(chunk: Buffer): Promise<void> {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await this.#handle.write(chunk, written);
      written += bytesWritten;
    }
    this.#unsyncedBytes += chunk.length;
    if (this.#unsyncedBytes >= SYNC_STEP_BYTES) {
      this.#unsyncedBytes = 0;
      await this.#schedule(() => this.#handle.datasync());
    }
  }

  async finish(): Promise<void> {
    await this.#schedule(async () => {
      try {
        await this.#handle.sync();
      } finally {
        await this.#handle.close();
      }
    });
  }

  async abandon(): Promise<void> {
    await this.#handle.close();
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

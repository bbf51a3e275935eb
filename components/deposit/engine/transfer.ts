import type { Access } from "./access.ts";
import type { AlarmClock } from "./alarm-clock.ts";
import {
  adaptChunkSize,
  type ChunkSize,
  FIRST_CHUNK_SIZE,
  halveChunkSize,
  refuseChunkSize,
} from "./chunk-size.ts";
import type { Stop } from "./failure.ts";
import { hasFileChanged } from "./identity.ts";
import { createPatience, type Outcome } from "./patience.ts";
import type { Wait } from "./state.ts";
import { type AttemptOptions, type AttemptResult, attemptTransfer } from "./tus-attempt.ts";

const PATCH_DOUBT_FAILURES = 4;
const FILE_CHANGED: Stop = { code: "file_changed", detail: null };
const PROXY_LIMIT: Stop = { code: "proxy_limit", detail: null };

/** What was learnt about the way to the server; all the files share it. */
export type Link = { chunkSize: ChunkSize; overridePatchMethod: boolean };

export function createLink(): Link {
  return { chunkSize: FIRST_CHUNK_SIZE, overridePatchMethod: false };
}

export type TransferOptions = {
  file: File;
  identity: string | null;
  uploadUrl: string;
  access: Access;
  link: Link;
  clock: AlarmClock;
  signal: AbortSignal;
  onSent: (sentBytes: number) => void;
  onWait: (wait: Wait | null) => void;
  attempt?: (options: AttemptOptions) => Promise<AttemptResult>;
};

/** Sends one file to its end, through cuts and restarts, as long as the page is open. */
export async function transferFile(options: TransferOptions): Promise<Outcome<null>> {
  const { link, signal, file, identity } = options;
  let silentFailures = 0;
  let atBytes = 0;
  const patience = createPatience({
    clock: options.clock,
    signal,
    access: options.access,
    onWait: options.onWait,
    onSmaller: (isRefusal) => {
      const smaller = isRefusal ? refuseChunkSize(link.chunkSize) : halveChunkSize(link.chunkSize);
      if (smaller === null) return PROXY_LIMIT;
      link.chunkSize = smaller;
      return null;
    },
    onOverride: () => {
      if (link.overridePatchMethod) return false;
      link.overridePatchMethod = true;
      return true;
    },
  });

  while (!signal.aborted) {
    const result = await (options.attempt ?? attemptTransfer)({
      file,
      uploadUrl: options.uploadUrl,
      signal,
      authorize: options.access.authorize,
      overridePatchMethod: link.overridePatchMethod,
      chunkBytes: () => link.chunkSize.bytes,
      onSent: (sentBytes) => {
        atBytes = sentBytes;
        options.onSent(sentBytes);
      },
      onChunk: (chunkBytes, tookMs) => {
        patience.progressed();
        silentFailures = 0;
        link.chunkSize = adaptChunkSize(link.chunkSize, chunkBytes, tookMs);
      },
    });
    if (result.kind === "aborted") break;
    // A file that BCDI writes to while it is being sent surfaces as a network failure, or not at all.
    if (await hasFileChanged(file, identity, atBytes)) return { kind: "stopped", stop: FILE_CHANGED };
    if (result.kind === "sent") return { kind: "done", value: null };
    if (result.failure.status === null && result.failure.method === "PATCH") {
      silentFailures += 1;
      // HEAD passes and PATCH never does: something on the way may dislike the method.
      if (silentFailures % PATCH_DOUBT_FAILURES === 0) link.overridePatchMethod = !link.overridePatchMethod;
    }
    const stop = await patience.face(result.failure);
    if (stop) return { kind: "stopped", stop };
  }
  return { kind: "aborted" };
}

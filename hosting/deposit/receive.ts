import type { IncomingMessage } from "node:http";
import { BatchWriter } from "./batch-writer.ts";
import { POOL_BLOCKS } from "./blocks.ts";
import { UploadFile } from "./upload-file.ts";

const LARGEST_BATCH_BLOCKS = 32;

/** Why the reception of a body ended: all of it came, the sender went away or fell silent, it was asked to stop. */
export type ReceptionEnd = "whole" | "gone" | "idle" | "stopped" | "too_long";

export interface Reception {
  readonly end: ReceptionEnd;
  /** The offset reached; every byte below it is on stable storage. */
  readonly offset: number;
}

export interface ReceiveOptions {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly offset: number;
  /** How many bytes the file still takes. */
  readonly maxBytes: number;
  readonly idleTimeoutMs: number;
  readonly stop: AbortSignal;
  readonly onDurable: (offset: number) => Promise<void>;
}

let openReceptions = 0;

/** Every reception gets its share of the memory, for what it gathers and what it writes. */
function batchBlocks(): number {
  const share = Math.floor(POOL_BLOCKS / (2 * openReceptions));
  return Math.min(LARGEST_BATCH_BLOCKS, Math.max(1, share));
}

/** The more uploads there are, the less often each of them may have the disk wait for it. */
function saveEveryMs(): number {
  return Math.min(10_000, 2_000 + 10 * openReceptions);
}

/** Reads a request's body straight into a file. Throws when the disk fails; what was written by then is kept. */
export async function receiveBody(options: ReceiveOptions): Promise<Reception> {
  const file = await UploadFile.open(options.path, options.offset);
  openReceptions += 1;
  try {
    return await pump(file, options);
  } finally {
    openReceptions -= 1;
    await file.close();
  }
}

async function pump(
  file: UploadFile,
  { request, offset, maxBytes, idleTimeoutMs, stop, onDurable }: ReceiveOptions,
): Promise<Reception> {
  const { promise: ended, resolve } = Promise.withResolvers<ReceptionEnd>();
  let left = maxBytes;
  let isSettled = false;
  const writer = new BatchWriter({
    ...{ file, offset, batchBlocks, saveEveryMs, onDurable },
    onDrained: () => {
      if (!isSettled) request.resume();
    },
    onFailure: () => settle("stopped"),
  });
  // A sender that waits for our disk is not silent.
  const onSilence = () => (writer.isFull ? timer.refresh() : settle("idle"));
  const timer: NodeJS.Timeout = setTimeout(onSilence, idleTimeoutMs);
  const onEnd = () => settle("whole");
  const onGone = () => settle(request.complete ? "whole" : "gone");
  const onStop = () => settle("stopped");
  const onData = (chunk: Buffer) => {
    timer.refresh();
    if (chunk.length > left) return settle("too_long");
    left -= chunk.length;
    if (!writer.push(chunk)) request.pause();
  };
  function settle(reason: ReceptionEnd): void {
    isSettled = true;
    clearTimeout(timer);
    request.off("data", onData).off("end", onEnd).off("close", onGone).off("error", onGone);
    request.pause();
    stop.removeEventListener("abort", onStop);
    resolve(reason);
  }
  stop.addEventListener("abort", onStop, { once: true });
  request.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
  if (stop.aborted) onStop();
  else if (request.readableEnded) onEnd();
  else if (request.destroyed) onGone();
  return { end: await ended, offset: await writer.finish() };
}

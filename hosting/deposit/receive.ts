import type { IncomingMessage } from "node:http";
import { BatchWriter } from "./batch-writer.ts";
import { POOL_BLOCKS } from "./blocks.ts";
import { UploadFile } from "./upload-file.ts";

const IDLE_TIMEOUT_MS = 60_000;
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
  readonly stop: AbortSignal;
  readonly onDurable: (offset: number) => Promise<void>;
}

let openReceptions = 0;

/** Every reception gets its share of the memory, for what it gathers and what it writes. */
function batchBlocks(): number {
  const share = Math.floor(POOL_BLOCKS / (2 * openReceptions));
  return Math.min(LARGEST_BATCH_BLOCKS, Math.max(1, share));
}

/** Reads a request's body straight into a file. Throws when the disk fails; what was written by then is kept. */
export async function receiveBody(options: ReceiveOptions): Promise<Reception> {
  const file = await UploadFile.open(options.path);
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
  { request, offset, maxBytes, stop, onDurable }: ReceiveOptions,
): Promise<Reception> {
  let left = maxBytes;
  let writer: BatchWriter;
  const end = await new Promise<ReceptionEnd>((resolve) => {
    // A sender that waits for our disk is not silent.
    const timer = setTimeout(() => (writer.isFull ? timer.refresh() : settle("idle")), IDLE_TIMEOUT_MS);
    const settle = (reason: ReceptionEnd) => {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("close", onGone).off("error", onGone);
      request.pause();
      stop.removeEventListener("abort", onStop);
      resolve(reason);
    };
    const onEnd = () => settle("whole");
    const onGone = () => settle(request.complete ? "whole" : "gone");
    const onStop = () => settle("stopped");
    const onData = (chunk: Buffer) => {
      timer.refresh();
      const isTooLong = chunk.length > left;
      const taken = isTooLong ? chunk.subarray(0, left) : chunk;
      left -= taken.length;
      if (!writer.push(taken)) request.pause();
      if (isTooLong) settle("too_long");
    };
    writer = new BatchWriter({
      ...{ file, offset, batchBlocks, onDurable },
      onDrained: () => {
        timer.refresh();
        request.resume();
      },
      onFailure: onStop,
    });
    if (stop.aborted) return settle("stopped");
    if (request.destroyed && !request.complete) return settle("gone");
    stop.addEventListener("abort", onStop, { once: true });
    request.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
    if (request.readableEnded) settle("whole");
  });
  return { end, offset: await writer.finish() };
}

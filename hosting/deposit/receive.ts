import { type FileHandle, open } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { BatchWriter } from "./batch-writer.ts";

const IDLE_TIMEOUT_MS = 60_000;
const MEMORY_BUDGET_BYTES = 64 * 1024 ** 2;
const LARGEST_BATCH_BYTES = 2 * 1024 ** 2;
const SMALLEST_BATCH_BYTES = 64 * 1024;

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

/** Every reception gets its share of the memory set aside for gathering, within limits. */
function batchBytes(): number {
  const share = MEMORY_BUDGET_BYTES / (2 * Math.max(1, openReceptions));
  return Math.min(LARGEST_BATCH_BYTES, Math.max(SMALLEST_BATCH_BYTES, share));
}

/** Reads a request's body straight into a file. Throws when the disk fails; what was written by then is kept. */
export async function receiveBody(options: ReceiveOptions): Promise<Reception> {
  const file = await open(options.path, "r+");
  openReceptions += 1;
  try {
    return await pump(file, options);
  } finally {
    openReceptions -= 1;
    await file.close();
  }
}

async function pump(
  file: FileHandle,
  { request, offset, maxBytes, stop, onDurable }: ReceiveOptions,
): Promise<Reception> {
  let failure: { cause: unknown } | null = null;
  let left = maxBytes;
  let writer: BatchWriter;
  const end = await new Promise<ReceptionEnd>((resolve) => {
    let timer = setTimeout(() => settle("idle"), IDLE_TIMEOUT_MS);
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
      const taken = chunk.length > left ? chunk.subarray(0, left) : chunk;
      left -= taken.length;
      if (taken.length > 0 && !writer.push(taken)) request.pause();
      if (taken.length < chunk.length) settle("too_long");
    };
    writer = new BatchWriter({
      ...{ file, offset, batchBytes, onDurable },
      onDrained: () => {
        timer = timer.refresh();
        request.resume();
      },
      onFailure: (cause) => {
        failure ??= { cause };
        settle("stopped");
      },
    });
    if (stop.aborted) return settle("stopped");
    if (request.destroyed && !request.complete) return settle("gone");
    stop.addEventListener("abort", onStop, { once: true });
    request.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
    if (request.readableEnded) settle("whole");
  });
  const reached = await finishWriting(() => writer.finish(), failure);
  return { end, offset: reached };
}

/** The first failure wins over those that follow from it. */
async function finishWriting(
  finish: () => Promise<number>,
  failure: { cause: unknown } | null,
): Promise<number> {
  try {
    const reached = await finish();
    if (failure === null) return reached;
  } catch (cause) {
    throw failure?.cause ?? cause;
  }
  throw failure.cause;
}

import { execFileSync } from "node:child_process";
import { HttpConnection, repeatBlock } from "#tests/client/http-connection.ts";
import { memoryOf, processorSeconds } from "#tests/deep/process-usage.ts";
import type { Receiver, Target } from "./receiver.ts";

const GIB = 1024 ** 3;

export interface ReceivingPlan {
  readonly fileBytes: number;
  /** How much of the file one request carries. */
  readonly partBytes: number;
  readonly rounds: number;
}

export interface Receiving {
  readonly name: string;
  /** Medians over the rounds. */
  readonly processorSecondsPerGib: number;
  readonly wallSecondsPerGib: number;
  readonly peakBytes: number;
  readonly rounds: readonly { readonly processor: number; readonly wall: number }[];
}

/** Sends the same file to each receiver, in turns, by the same sender. */
export async function measureReceiving(
  receivers: readonly Receiver[],
  plan: ReceivingPlan,
): Promise<Receiving[]> {
  const measured = receivers.map((receiver) => ({
    receiver,
    rounds: [] as { processor: number; wall: number }[],
  }));
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const { receiver, rounds } of measured) rounds.push(await measureFile(receiver, plan));
  }
  return measured.map(({ receiver, rounds }) => ({
    name: receiver.name,
    processorSecondsPerGib: median(rounds.map((round) => round.processor)),
    wallSecondsPerGib: median(rounds.map((round) => round.wall)),
    peakBytes: memoryOf(receiver.pid).peakBytes,
    rounds,
  }));
}

async function measureFile(
  receiver: Receiver,
  { fileBytes, partBytes }: ReceivingPlan,
): Promise<{ processor: number; wall: number }> {
  // What an earlier round left for the disk to write is not this one's.
  execFileSync("sync");
  const target = await receiver.create(fileBytes);
  const processorBefore = processorSeconds(receiver.pid);
  const startedAt = performance.now();
  await sendFile(receiver, target, { fileBytes, partBytes });
  const wall = (performance.now() - startedAt) / 1000;
  const processor = processorSeconds(receiver.pid) - processorBefore;
  await target.remove();
  return { processor: (processor * GIB) / fileBytes, wall: (wall * GIB) / fileBytes };
}

async function sendFile(
  { url }: Receiver,
  { method, path, acceptedStatus, headers }: Target,
  { fileBytes, partBytes }: Pick<ReceivingPlan, "fileBytes" | "partBytes">,
): Promise<void> {
  const connection = await HttpConnection.open(url);
  try {
    for (let offset = 0; offset < fileBytes; offset += partBytes) {
      const bodyBytes = Math.min(partBytes, fileBytes - offset);
      const body = repeatBlock(bodyBytes);
      const answer = await connection.send({ method, path, headers: headers(offset), bodyBytes, body });
      if (answer.status !== acceptedStatus)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    }
  } finally {
    connection.close();
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

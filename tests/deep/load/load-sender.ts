// A process of senders, each on its own connection at its own pace. Run by load.ts, which tells it what to send.
import { setTimeout as wait } from "node:timers/promises";
import { HttpConnection } from "#tests/client/http-connection.ts";
import { partHeaders } from "#tests/client/tus.ts";
import { type Order, OrderSchema } from "./order.ts";

const TICKS_PER_SECOND = 4;

process.once("message", async (message) => {
  const order = OrderSchema.parse(message);
  const outcomes = await Promise.all(
    order.uploads.map(async (upload, index) => {
      // Not all in the same instant: people are not.
      await wait((1000 * index) / order.uploads.length);
      return send(order, upload).catch((failure: unknown) => String(failure));
    }),
  );
  process.send?.(outcomes, () => process.disconnect());
});

async function send(order: Order, { path, key }: Order["uploads"][number]): Promise<string> {
  const connection = await HttpConnection.open(order.url);
  try {
    const answer = await connection.send({
      ...{ method: "PATCH", path, headers: partHeaders({ key }, 0), bodyBytes: order.sizeBytes },
      body: pace(order.sizeBytes, order.bytesPerSecond),
    });
    const isWhole = Number(answer.headers.get("upload-offset")) === order.sizeBytes;
    return answer.status === 204 && !isWhole ? "204 in part" : String(answer.status);
  } finally {
    connection.close();
  }
}

async function* pace(sizeBytes: number, bytesPerSecond: number): AsyncGenerator<Buffer> {
  const block = Buffer.alloc(Math.ceil(bytesPerSecond / TICKS_PER_SECOND), "bcdi");
  const startedAt = Date.now();
  for (let sent = 0; sent < sizeBytes; sent += block.length) {
    await wait(Math.max(0, startedAt + (1000 * sent) / bytesPerSecond - Date.now()));
    yield block.subarray(0, Math.min(block.length, sizeBytes - sent));
  }
}

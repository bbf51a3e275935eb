import { setTimeout as wait } from "node:timers/promises";
import { Upload as TusUpload } from "tus-js-client";
import { type Answer, HttpConnection } from "#tests/client/http-connection.ts";
import { partHeaders, tusHeaders } from "#tests/client/tus.ts";
import type { Random } from "#tests/deep/random.ts";
import type { Acknowledgements } from "./acknowledgements.ts";
import { Hopeless, persistently } from "./persistence.ts";

const SMALLEST_PART_BYTES = 1_000;
/** Small and slow, so that files are under way all the time, and live through several deaths. */
const LARGEST_PART_BYTES = 60_000;
const LONGEST_PAUSE_MS = 120;

export interface FileToSend {
  readonly url: string;
  readonly path: string;
  readonly key: string;
  readonly content: Buffer;
  readonly random: Random;
  readonly heard: Acknowledgements;
}

/** Sends a file in parts of any size, over its own connection; whatever happens, it asks where to go on, and goes on. */
export async function sendInParts(file: FileToSend): Promise<void> {
  let connection: HttpConnection | null = null;
  try {
    await persistently(
      async () => {
        connection?.close();
        connection = await HttpConnection.open(file.url);
        await sendRest(connection, file);
      },
      () => file.heard.progressAt,
    );
  } finally {
    (connection as HttpConnection | null)?.close();
  }
}

async function sendRest(
  connection: HttpConnection,
  { path, key, content, random, heard }: FileToSend,
): Promise<void> {
  let offset = readOffset(await connection.send({ method: "HEAD", path, headers: tusHeaders({ key }) }), 200);
  heard.hear(offset);
  while (offset < content.length) {
    const part = content.subarray(offset, offset + random.integer(SMALLEST_PART_BYTES, LARGEST_PART_BYTES));
    const body = slowly(part, random);
    const headers = partHeaders({ key }, offset);
    offset = readOffset(
      await connection.send({ method: "PATCH", path, headers, bodyBytes: part.length, body }),
      204,
    );
    heard.hear(offset);
  }
}

async function* slowly(part: Buffer, random: Random): AsyncGenerator<Buffer> {
  const middle = random.integer(0, part.length);
  yield part.subarray(0, middle);
  await wait(random.integer(0, LONGEST_PAUSE_MS));
  yield part.subarray(middle);
}

function readOffset({ status, headers, text }: Answer, expected: number): number {
  if (status === 404 || status === 410) throw new Hopeless(`the upload is gone: ${status} ${text}`);
  const offset = Number(headers.get("upload-offset") ?? Number.NaN);
  if (status !== expected || Number.isNaN(offset)) throw new Error(`${status} ${text}`);
  return offset;
}

/** Sends a file with the client that most browsers have: tus-js-client, as it is. */
export function sendWithTusClient({ url, path, key, content, random, heard }: FileToSend): Promise<void> {
  return new Promise((resolve, reject) => {
    const upload = new TusUpload(content, {
      uploadUrl: `${url}${path}`,
      headers: { authorization: `Bearer ${key}` },
      chunkSize: random.integer(SMALLEST_PART_BYTES * 20, LARGEST_PART_BYTES),
      // Its count of attempts begins anew with each part that is acknowledged.
      retryDelays: Array.from({ length: 2_000 }, () => 300),
      onBeforeRequest: () => wait(random.integer(0, LONGEST_PAUSE_MS)),
      onShouldRetry: (failure) => ![404, 410].includes(failure.originalResponse?.getStatus() ?? 0),
      onAfterResponse: (_request, response) => {
        const offset = response.getHeader("Upload-Offset");
        if (offset !== undefined && response.getStatus() < 300) heard.hear(Number(offset));
      },
      onError: reject,
      onSuccess: () => resolve(),
    });
    upload.start();
  });
}

import { createInflateRaw, InflateRaw, inflateRawSync } from "node:zlib";
import type { ArchiveReader } from "./archive-reader.ts";
import type { ArchiveEntry } from "./directory.ts";
import { damagedEntry } from "./local-header.ts";
import { ArchiveRejected, quoteName } from "./rejected.ts";

const STORED = 0;
const CHUNK_BYTES = 1024 * 1024;
const SMALL_COMPRESSED_BYTES = 128 * 1024;
const SMALL_BYTES = 512 * 1024;

/** An entry's bytes as they were before compression; throws `crc_mismatch` when they cannot be had. */
export async function* readEntryContent(reader: ArchiveReader, entry: ArchiveEntry): AsyncGenerator<Buffer> {
  if (entry.method === STORED) yield* readRaw(reader, entry.compressedBytes);
  else if (entry.compressedBytes <= SMALL_COMPRESSED_BYTES && entry.sizeBytes <= SMALL_BYTES) {
    yield inflateSmall(await reader.readExactly(entry.compressedBytes), entry);
  } else yield* inflateLarge(reader, entry);
}

async function* readRaw(reader: ArchiveReader, lengthBytes: number): AsyncGenerator<Buffer> {
  for (let left = lengthBytes; left > 0; ) {
    const chunk = await reader.readSome(left);
    left -= chunk.length;
    yield chunk;
  }
}

// One synchronous call is several times cheaper than a stream where there is little to inflate.
function inflateSmall(compressed: Buffer, entry: ArchiveEntry): Buffer {
  try {
    const limitBytes = entry.sizeBytes + 1;
    const options = { chunkSize: Math.max(64, limitBytes), maxOutputLength: limitBytes, info: true } as const;
    const inflated = readInflated(inflateRawSync(compressed, options));
    assertAllConsumed(inflated.consumedBytes, entry);
    return inflated.content;
  } catch (error) {
    throw contentError(error, entry);
  }
}

// With `info` zlib returns its engine too, which its types do not say.
function readInflated(inflated: unknown): { content: Buffer; consumedBytes: number } {
  if (typeof inflated === "object" && inflated !== null && "buffer" in inflated && "engine" in inflated) {
    const { buffer, engine } = inflated;
    if (Buffer.isBuffer(buffer) && engine instanceof InflateRaw) {
      return { content: buffer, consumedBytes: engine.bytesWritten };
    }
  }
  throw new Error("zlib did not return its engine");
}

async function* inflateLarge(reader: ArchiveReader, entry: ArchiveEntry): AsyncGenerator<Buffer> {
  const options = { chunkSize: CHUNK_BYTES, readableHighWaterMark: 2 * CHUNK_BYTES };
  const inflate = createInflateRaw(options);
  // Not awaited: when the deflated data end before the entry does, zlib never calls back for the rest.
  feed(reader, entry.compressedBytes, inflate).catch((error: unknown) => {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of inflate) yield chunk;
  } catch (error) {
    throw contentError(error, entry);
  }
  assertAllConsumed(inflate.bytesWritten, entry);
}

async function feed(reader: ArchiveReader, lengthBytes: number, inflate: InflateRaw): Promise<void> {
  for await (const chunk of readRaw(reader, lengthBytes)) {
    await new Promise<void>((resolve, reject) => {
      inflate.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }
  inflate.end();
}

function assertAllConsumed(consumedBytes: number, entry: ArchiveEntry): void {
  if (consumedBytes !== entry.compressedBytes) {
    throw damagedEntry(entry, `deflated data end after ${consumedBytes} of ${entry.compressedBytes} bytes`);
  }
}

function contentError(error: unknown, entry: ArchiveEntry): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("Z_")) return damagedEntry(entry, `inflate: ${code}`);
  if (code === "ERR_BUFFER_TOO_LARGE") return largerThanAnnounced(entry);
  return error;
}

/** An entry that holds more than the directory says is how a bomb passes the first checks. */
export function largerThanAnnounced(entry: ArchiveEntry): ArchiveRejected {
  return new ArchiveRejected(
    "archive_bomb",
    `Le contenu de ${quoteName(entry.name)} est plus grand que la taille annoncée par l’archive.`,
    `more than ${entry.sizeBytes} bytes`,
  );
}

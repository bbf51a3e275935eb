import { crc32, deflateRawSync } from "node:zlib";
import { configure, type Entry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildZip, type FixtureEntry, type FixtureOptions, NOTICES, unixMode, zip64Extra } from "./fixtures.ts";
import { type Outcome, tryArchive } from "./try-archive.ts";

configure({ useWebWorkers: false });

type Files = Record<string, { sizeBytes: number; crc32: number }>;
type Opinion = { files: Files } | { refusal: string };

/** What zip.js makes of an archive when it has to be strict about all that it can be strict about. */
async function askZipJs(bytes: Buffer): Promise<Opinion> {
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes)), {
    strictness: "strict",
    checkSignature: true,
    checkOverlappingEntry: true,
  });
  try {
    const files: Files = {};
    for (const entry of await reader.getEntries()) Object.assign(files, await readEntry(entry));
    return { files };
  } catch (failure) {
    return { refusal: failure instanceof Error ? failure.message : String(failure) };
  } finally {
    await reader.close();
  }
}

async function readEntry(entry: Entry): Promise<Files> {
  if (entry.directory) return {};
  const content = await entry.getData(new Uint8ArrayWriter());
  return { [entry.filename]: { sizeBytes: content.length, crc32: crc32(content) } };
}

export { askZipJs, buildZip, deflateRawSync, fc, expect, test, NOTICES, unixMode, zip64Extra, tryArchive };
export type { FixtureEntry, FixtureOptions, Outcome };

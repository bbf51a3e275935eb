import { expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import { inspectZip } from "../inspect-zip.ts";
import { crc32 } from "./crc32.ts";
import { zipFolder } from "./zip-folder.ts";

const at = Date.parse("2026-11-23T10:05:00Z");
const fileOf = (content: string, name: string) => new File([content], name, { lastModified: at });
const folder = () => [
  { path: "data/NOTICES.DAT", file: fileOf("notices".repeat(5_000), "NOTICES.DAT") },
  { path: "data/Été/é.idx", file: fileOf("index", "é.idx") },
  { path: "data/vide.dat", file: fileOf("", "vide.dat") },
];

test("CRC-32 is the standard one", async () => {
  expect(await crc32(new Blob(["123456789"]))).toBe(0xcbf43926);
});

test("a zipped folder is a zip that another program reads, content and checksums", async () => {
  const zip = await zipFolder("data", folder());
  const archive = await fromBufferPromise(Buffer.from(await zip.arrayBuffer()));
  const contents: Record<string, string> = {};
  for await (const entry of archive.eachEntry()) {
    const stream = await archive.openReadStreamPromise(entry);
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(Buffer.from(piece));
    const content = Buffer.concat(pieces);
    expect(entry.crc32).toBe(await crc32(new Blob([content])));
    contents[entry.fileName] = content.toString();
  }
  expect(contents).toEqual({
    "data/NOTICES.DAT": "notices".repeat(5_000),
    "data/Été/é.idx": "index",
    "data/vide.dat": "",
  });
  expect(await inspectZip(zip)).toEqual([]);
});

test("the same folder gives the same bytes, in whatever order its files come", async () => {
  const one = await zipFolder("data", folder());
  const other = await zipFolder("data", folder().reverse());
  expect(Buffer.from(await one.arrayBuffer()).equals(Buffer.from(await other.arrayBuffer()))).toBe(true);
});

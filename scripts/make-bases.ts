import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { ZipFile } from "yazl";
import { type BaseContent, createBaseContent } from "./base-content.ts";

const MIB = 1024 * 1024;
const CHUNK_BYTES = MIB;
const MODIFIED_AT = new Date("2026-06-30T10:00:00Z");

interface FilePlan {
  name: string;
  share: number;
  kind: keyof BaseContent;
}

// Shares of the base's size, roughly those of a school's own base.
const FILES: FilePlan[] = [
  { name: "NOTICES.DAT", share: 0.38, kind: "notices" },
  { name: "EXEMPL.DAT", share: 0.1, kind: "records" },
  { name: "EMPRUNT.DAT", share: 0.06, kind: "records" },
  { name: "LECTEUR.DAT", share: 0.03, kind: "records" },
  { name: "THESAU.DAT", share: 0.03, kind: "notices" },
  { name: "PERIOD.DAT", share: 0.02, kind: "notices" },
  { name: "MEMO.DAT", share: 0.08, kind: "notices" },
  { name: "AUTEURS.IDX", share: 0.05, kind: "records" },
  { name: "TITRES.IDX", share: 0.07, kind: "records" },
  { name: "DESCRIPT.IDX", share: 0.06, kind: "records" },
  { name: "EDITEURS.IDX", share: 0.02, kind: "records" },
  { name: "COTES.IDX", share: 0.02, kind: "records" },
  { name: "IMAGES/COUV.DAT", share: 0.08, kind: "pictures" },
  { name: "VIDE.DAT", share: 0, kind: "notices" },
];

export interface MadeBase {
  name: string;
  zipPath: string;
  folderPath: string;
}

export interface MakeBasesOptions {
  directory: string;
  /** Size of the main base's folder; the two others are a twentieth and a fiftieth of it. */
  mainBytes: number;
  seed: number;
}

/** Writes three folders shaped like BCDI bases, and the archive that a school would make of each. */
export async function makeBases({ directory, mainBytes, seed }: MakeBasesOptions): Promise<MadeBase[]> {
  const plans = [
    { name: "data", sizeBytes: mainBytes },
    { name: "travperso", sizeBytes: Math.ceil(mainBytes / 20) },
    { name: "manuels", sizeBytes: Math.ceil(mainBytes / 50) },
  ];
  await mkdir(directory, { recursive: true });
  return await Promise.all(
    plans.map(async ({ name, sizeBytes }, index) => {
      const base = { name, zipPath: join(directory, `${name}.zip`), folderPath: join(directory, name) };
      await writeBaseFolder(base.folderPath, sizeBytes, createBaseContent(seed * plans.length + index));
      await zipBaseFolder(base);
      return base;
    }),
  );
}

async function writeBaseFolder(folderPath: string, sizeBytes: number, content: BaseContent): Promise<void> {
  await mkdir(join(folderPath, "IMAGES"), { recursive: true });
  for (const file of FILES) {
    const path = join(folderPath, file.name);
    await writeContent(path, Math.round(sizeBytes * file.share), content[file.kind]);
    await utimes(path, MODIFIED_AT, MODIFIED_AT);
  }
}

async function writeContent(
  path: string,
  sizeBytes: number,
  nextChunk: (lengthBytes: number) => Buffer,
): Promise<void> {
  const handle = await open(path, "w");
  try {
    for (let left = sizeBytes; left > 0; left -= CHUNK_BYTES) {
      await handle.writeFile(nextChunk(Math.min(left, CHUNK_BYTES)));
    }
  } finally {
    await handle.close();
  }
}

async function zipBaseFolder({ name, zipPath, folderPath }: MadeBase): Promise<void> {
  const zip = new ZipFile();
  const listed = await readdir(folderPath, { recursive: true, withFileTypes: true });
  const files = listed
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name))
    .sort();
  for (const path of files) {
    zip.addFile(path, `${name}/${path.slice(folderPath.length + 1)}`, {
      mode: 0o100644,
      compressionLevel: 4,
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(zipPath, { highWaterMark: CHUNK_BYTES }));
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "main-mib": { type: "string", default: "300" }, seed: { type: "string", default: "1" } },
  });
  const [directory] = positionals;
  const mainMib = Number(values["main-mib"]);
  const seed = Number(values.seed);
  if (directory === undefined || !(mainMib > 0) || !Number.isSafeInteger(seed)) {
    console.error("usage: node scripts/make-bases.ts OUTDIR [--main-mib 300] [--seed N]");
    process.exitCode = 2;
  } else {
    for (const base of await makeBases({ directory, mainBytes: mainMib * MIB, seed }))
      console.log(base.zipPath);
  }
}

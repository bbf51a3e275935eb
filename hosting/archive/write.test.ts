import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runsOf, seed } from "#tests/deep/depth.ts";
import { readTree } from "#tests/hosting/try-archive.ts";
import { checkArchive } from "./check.ts";
import { writeArchive } from "./write.ts";

let folder: string;
let directory: string;
let archivePath: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-archive-"));
  directory = join(folder, "mounted");
  archivePath = join(folder, "archives", "data.zip");
  await writeTree({
    "NOTICES.DAT": Buffer.from("notices"),
    "IMAGES/A.DAT": Buffer.alloc(70_000, "a"),
    VIDE: null,
  });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function writeTree(tree: Record<string, Uint8Array | null>): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    const place = join(directory, path);
    await mkdir(content === null ? place : dirname(place), { recursive: true });
    if (content !== null) await writeFile(place, content);
  }
}

describe("a base's archive", () => {
  test("holds every file and folder below the base's name, and is told with its size and SHA-256", async () => {
    const written = await writeArchive({ directory, name: "data", archivePath });
    const extractTo = join(folder, "again");
    const checked = await checkArchive({ archivePath, extractTo });
    expect(written).toEqual({ sizeBytes: checked.sizeBytes, sha256: checked.sha256, entries: 4 });
    expect(checked.baseName).toBe("data");
    expect(await readTree(extractTo)).toEqual(await readTree(directory));
  });

  test("is the same for the same folder, and replaces the one of an earlier run", async () => {
    await mkdir(dirname(archivePath));
    await writeFile(archivePath, "an earlier archive");
    await writeFile(`${archivePath}.part`, "an unfinished archive, longer than the real one".repeat(1_000));
    const first = await writeArchive({ directory, name: "data", archivePath });
    const second = await writeArchive({ directory, name: "data", archivePath });
    expect(second).toEqual(first);
    expect(await readdir(dirname(archivePath))).toEqual(["data.zip"]);
  });

  test("carries the time of each file", async () => {
    const before = await writeArchive({ directory, name: "data", archivePath });
    await utimes(join(directory, "NOTICES.DAT"), 0, 1_700_000_000);
    const after = await writeArchive({ directory, name: "data", archivePath });
    expect(after.sha256).not.toBe(before.sha256);
  });

  test("is not written from a folder with a link, and the earlier one stays", async () => {
    await writeArchive({ directory, name: "data", archivePath });
    const earlier = await readFile(archivePath);
    await symlink("/etc/passwd", join(directory, "LINK.DAT"));
    await expect(writeArchive({ directory, name: "data", archivePath })).rejects.toThrow("LINK.DAT");
    expect(await readFile(archivePath)).toEqual(earlier);
    expect(await readdir(dirname(archivePath))).toEqual(["data.zip"]);
  });

  test("is refused when a file changes while it is written", async () => {
    const path = join(directory, "CHANGING.DAT");
    const changeIt = (step: number) => writeFile(path, Buffer.alloc(4_000_000, `${step}\n`));
    await changeIt(0);
    let isWriting = true;
    const writing = writeArchive({ directory, name: "data", archivePath }).finally(() => {
      isWriting = false;
    });
    const rejected = expect(writing).rejects.toThrow();
    for (let step = 1; isWriting; step += 1) await changeIt(step);
    await rejected;
    expect(await readdir(dirname(archivePath))).toEqual([]);
  });
});

const name = fc
  .stringMatching(/^[A-Za-z0-9éèçÀœ_$&' -]{1,12}(\.[A-Z]{1,3})?$/)
  .filter((text) => !/[ .]$/.test(text) && !/^(con|prn|aux|nul|com\d|lpt\d)/i.test(text));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.tuple(fc.nat(400_000), fc.nat(255)).map(([length, byte]) => Buffer.alloc(length, byte)),
);
const tree = fc
  .uniqueArray(fc.tuple(path, fc.option(content)), {
    maxLength: 12,
    selector: ([item]) => (item.split("/")[0] ?? "").toLowerCase(),
  })
  .map((items) => Object.fromEntries(items.filter(([item]) => !/^notices\.dat/i.test(item))));

test("any folder that is archived extracts to identical bytes", async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (items) => {
      await rm(directory, { recursive: true });
      await writeTree({ "NOTICES.DAT": Buffer.from("n"), ...items });
      await writeArchive({ directory, name: "data", archivePath });
      const extractTo = join(folder, "again");
      await checkArchive({ archivePath, extractTo });
      expect(await readTree(extractTo)).toEqual(await readTree(directory));
      await rm(extractTo, { recursive: true });
    }),
    { numRuns: runsOf(15), seed },
  );
});

import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { checkArchive } from "#hosting/archive/check.ts";
import { digestFile } from "#hosting/archive/digest-file.ts";
import { type BaseToMount, ProvisionerFailure, type Target } from "#hosting/provisioner/port.ts";
import { readTree } from "#tests/hosting/try-archive.ts";
import type { ProvisionerHarness } from "./harness.ts";

/** A base's files by their path; null for an empty folder. */
export type BaseFiles = Record<string, Buffer | null>;

/** The bases of a school by their name, the main one first. */
export type Bases = Record<string, BaseFiles>;

const everyByte = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7 + (index >> 8)) % 256));

export const THREE_BASES: Bases = {
  data: {
    "NOTICES.DAT": Buffer.from("TI Le Petit Prince\r\n".repeat(500)),
    "EXEMPL.DAT": everyByte,
    "VIDE.DAT": Buffer.alloc(0),
    IMAGES: null,
    "IMAGES/COUV.DAT": everyByte.subarray(100, 40_000),
    ANNEXES: null,
  },
  travperso: { "NOTICES.DAT": Buffer.from("TI Brouillon\r\n"), "Thésaurus été.IDX": everyByte },
  manuels_d_été: { "notices.dat": Buffer.from("TI Maths 2de\r\n") },
};

/** The same names, in part, and nothing of the same bytes. */
export const OTHER_BASES: Bases = {
  manuels_d_été: { "NOTICES.DAT": Buffer.from("TI Maths 1re\r\n"), "NOUVEAU.DAT": everyByte },
  data: { "NOTICES.DAT": Buffer.from("TI Vendredi ou la vie sauvage\r\n") },
};

/** Writes bases as a checked deposit leaves them: one folder each, in no folder of the provisioner's. */
export async function extractBases(harness: ProvisionerHarness, bases: Bases): Promise<BaseToMount[]> {
  const staging = await mkdtemp(join(harness.directory, "staging-"));
  const extracted: BaseToMount[] = [];
  for (const [index, [name, files]] of Object.entries(bases).entries()) {
    const directory = join(staging, String(index));
    await writeBase(directory, files);
    extracted.push({ name, role: index === 0 ? "main" : "secondary", directory });
  }
  return extracted;
}

export async function writeBase(directory: string, files: BaseFiles): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const place = join(directory, path);
    await mkdir(content ? dirname(place) : place, { recursive: true });
    if (content) await writeFile(place, content);
  }
}

/** The server's bases, as their archives have them: read by the checks that a stranger's archive passes. */
export async function readBases(harness: ProvisionerHarness, target: Target): Promise<Bases> {
  return readArchives(harness, target, await mkdtemp(join(harness.directory, "archives-")));
}

/** The same, with the archives written into this folder, where there may be some already. */
export async function readArchives(
  { provisioner, directory }: ProvisionerHarness,
  target: Target,
  archives: string,
): Promise<Bases> {
  const extracted = await mkdtemp(join(directory, "extracted-"));
  const bases: Bases = {};
  for (const { name, path, sizeBytes, sha256 } of await provisioner.archive(target, archives)) {
    const extractTo = join(extracted, name);
    const checked = await checkArchive({ archivePath: path, extractTo });
    const announced = { baseName: name, sizeBytes, sha256 };
    expect({ ...announced, digest: await digestFile(path) }).toEqual({
      ...{ baseName: checked.baseName, sizeBytes: checked.sizeBytes, sha256: checked.sha256 },
      digest: sha256,
    });
    bases[name] = await readTree(extractTo);
  }
  return bases;
}

/** Installs a server for the target and mounts these bases. */
export async function mountBases(harness: ProvisionerHarness, target: Target, bases: Bases): Promise<void> {
  await harness.provisioner.install(target);
  await harness.provisioner.mount(target, await extractBases(harness, bases));
}

export async function expectFailure(
  promise: Promise<unknown>,
  expected: { isTransient: boolean; says?: RegExp },
): Promise<void> {
  const failure = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(failure).toBeInstanceOf(ProvisionerFailure);
  expect(failure).toMatchObject({ isTransient: expected.isTransient });
  if (expected.says) expect(failure).toMatchObject({ output: expect.stringMatching(expected.says) });
}

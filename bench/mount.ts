import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkArchiveInChild } from "#hosting/archive/check-in-child.ts";
import { type MadeBase, makeBases } from "#scripts/make-bases.ts";

const MIB = 1024 * 1024;
const MAIN_MIB = 300;
const ROUNDS = 3;
const run = promisify(execFile);

/** Checking and extracting a base, durably, against `unzip` of the same archive, in turns. */
export async function benchMount(): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-mount-"));
  try {
    const bases = await makeBases({ directory, mainBytes: MAIN_MIB * MIB, seed: 1 });
    const [base] = bases;
    if (base === undefined) throw new Error("no base was made");
    await quietDisk(bases);
    const oursSeconds: number[] = [];
    const unzipSeconds: number[] = [];
    const lines: string[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const extractTo = join(directory, `ours-${round}`);
      const ours = await timeSeconds(() => checkArchiveInChild({ archivePath: base.zipPath, extractTo }));
      await rm(extractTo, { recursive: true });
      const unzipTo = join(directory, `unzip-${round}`);
      const unzip = await timeSeconds(() => run("unzip", ["-q", base.zipPath, "-d", unzipTo]));
      await rm(unzipTo, { recursive: true });
      oursSeconds.push(ours);
      unzipSeconds.push(unzip);
      lines.push(reportLine(`round ${round}`, ours, unzip));
    }
    return [...lines, reportLine("median", median(oursSeconds), median(unzipSeconds))];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

// The disk would otherwise still be writing the folders when the first round asks it for durability.
async function quietDisk(bases: MadeBase[]): Promise<void> {
  for (const { folderPath, zipPath } of bases) {
    await rm(folderPath, { recursive: true });
    const handle = await open(zipPath, "r");
    await handle.sync();
    await handle.close();
  }
}

async function timeSeconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function reportLine(label: string, ours: number, unzip: number): string {
  const ratio = (ours / unzip).toFixed(2);
  return `mount ${MAIN_MIB} MiB, ${label}: check + extract ${ours.toFixed(2)} s, unzip ${unzip.toFixed(2)} s, ratio ${ratio}`;
}

if (import.meta.main) for (const line of await benchMount()) console.log(line);

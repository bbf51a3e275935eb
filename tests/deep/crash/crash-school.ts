import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeBases } from "#scripts/make-bases.ts";
import { rneOf } from "#tests/client/rne.ts";
import {
  createWaitingSchool,
  mintLicence,
  readView,
  type School,
  type Server,
} from "#tests/client/school.ts";
import { completeDeposit, createUpload, pathOf, readDeposit } from "#tests/client/tus.ts";
import type { Random } from "#tests/deep/random.ts";
import { Acknowledgements } from "./acknowledgements.ts";
import { persistently } from "./persistence.ts";
import { sendInParts, sendWithTusClient } from "./upload-client.ts";

const SMALLEST_BASE_BYTES = 300_000;
const LARGEST_BASE_BYTES = 12_000_000;

export interface SchoolOutcome {
  readonly files: number;
  readonly sentBytes: number;
  readonly lostBytes: number;
  readonly longestWaitMs: number;
  /** Uploads that ended without all their bytes. */
  readonly stuckFiles: number;
  /** Files whose bytes, as HOSTING has them, are not those that were sent. */
  readonly alteredFiles: number;
  /** How often the deposit was handed over, and opened: once each, if all is well. */
  readonly completions: number;
  readonly openings: number;
}

export interface SchoolPlan {
  readonly server: Server;
  readonly number: number;
  readonly directory: string;
  readonly random: Random;
  /** When the last kill was; now, while there are more to come. */
  readonly calmSince: () => number;
}

/** One school's whole way, from its creation to its open server, through whatever happens to the deployment. */
export async function depositThroughKills({
  server,
  number,
  directory,
  random,
  calmSince,
}: SchoolPlan): Promise<SchoolOutcome> {
  const school = await persistently(
    () => createWaitingSchool(server, mintLicence({ rne: rneOf(number) })),
    calmSince,
  );
  const ownDirectory = join(directory, school.rne);
  const mainBytes = random.integer(SMALLEST_BASE_BYTES, LARGEST_BASE_BYTES);
  const bases = await makeBases({ directory: ownDirectory, mainBytes, seed: number });
  const contents = await Promise.all(
    bases.map(async ({ zipPath }) => ({ fileName: basename(zipPath), content: await readFile(zipPath) })),
  );
  await rm(ownDirectory, { recursive: true });
  const heard = contents.map(() => new Acknowledgements());
  // One after another first: the first created is the main base.
  const uploads: string[] = [];
  for (const content of contents)
    uploads.push(await persistently(() => findOrCreateUpload(school, content), calmSince));
  const sent = await Promise.allSettled(
    contents.map(({ content }, index) => {
      const send = index % 2 === 0 ? sendInParts : sendWithTusClient;
      const path = pathOf(school, uploads[index] ?? "");
      const ofFile = heard[index] ?? new Acknowledgements();
      return send({ url: server.url, path, key: school.key, content, random, heard: ofFile });
    }),
  );
  // Why, is worth more than that it was so.
  for (const { reason } of sent.filter((one) => one.status === "rejected"))
    process.stderr.write(`${school.rne}: an upload could not go on: ${reason}\n`);
  const stuckFiles = sent.filter(({ status }) => status === "rejected").length;
  const ended = stuckFiles === 0 ? await finishDeposit(school, contents, calmSince) : NOT_ENDED;
  return {
    ...{ files: contents.length, stuckFiles, ...ended },
    sentBytes: contents.reduce((total, { content }) => total + content.length, 0),
    lostBytes: heard.reduce((total, { lostBytes }) => total + lostBytes, 0),
    longestWaitMs: Math.max(...heard.map(({ longestWaitMs }) => longestWaitMs)),
  };
}

const NOT_ENDED = { alteredFiles: 0, completions: 0, openings: 0 };

async function finishDeposit(
  school: School,
  contents: readonly { fileName: string; content: Buffer }[],
  calmSince: () => number,
): Promise<Pick<SchoolOutcome, "alteredFiles" | "completions" | "openings">> {
  await persistently(() => completeDeposit(school), calmSince);
  const view = await persistently(async () => {
    const found = await readView(school);
    if (["BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT"].includes(found.state))
      throw new Error(found.state);
    return found;
  }, calmSince);
  const altered = contents.filter(({ fileName, content }) => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    return view.bases.find((base) => base.fileName === fileName)?.sha256 !== sha256;
  });
  const count = (state: string) => view.history.filter((step) => step.state === state).length;
  return {
    alteredFiles: altered.length,
    completions: count("BCDIDBUPLOADED"),
    openings: count("BCDIREADY"),
  };
}

/** The file of that name, already begun or not: an answer may have been lost. */
async function findOrCreateUpload(
  school: School,
  { fileName, content }: { fileName: string; content: Buffer },
): Promise<string> {
  const begun = (await readDeposit(school)).files.find((file) => file.fileName === fileName);
  return begun ? `/bases/${begun.id}` : createUpload(school, content.length, { filename: fileName });
}

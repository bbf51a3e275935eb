import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Deployment, startDeployment } from "#e2e/deployment/deployment.ts";
import { type Order, OutcomesSchema } from "./load-sender.ts";
import { memoryOf, processorSeconds } from "./process-usage.ts";
import { createRandom } from "./random.ts";
import { createUpload, openSchool, readDeposit, readView, rneOf, type School } from "./school.ts";
import { mib, parseSize } from "./sizes.ts";

const FILES_PER_SCHOOL = 16;
const SENDER_PROCESSES = 2;
const READ_EVERY_MS = 100;
const READ_GOAL_MS = 50;
const MEMORY_GOAL_BYTES = 400 * 1000 ** 2;

const { values } = parseArgs({
  options: {
    uploads: { type: "string", default: "1000" },
    rate: { type: "string", default: "64KiB" },
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
const uploadCount = Number(values.uploads);
const bytesPerSecond = parseSize(values.rate);
const sizeBytes = bytesPerSecond * Number(values.seconds);
const seed = Number(values.seed);

say(`load: ${uploadCount} uploads at once, ${values.rate}/s each, ${values.seconds} s, seed ${seed}`);
const deployment = await startDeployment();
try {
  const schools = await openSchools(Math.ceil(uploadCount / FILES_PER_SCHOOL));
  const uploads = await createUploads(schools);
  const serverPid = deployment.pidOf("server");
  const before = { memory: memoryOf(serverPid), processor: processorSeconds(serverPid), at: Date.now() };
  say(`server before                ${mib(before.memory.residentBytes)}`);
  const reading = readStates(schools.length);
  const outcomes = await sendAll(deployment, uploads);
  const reads = await reading.stop();
  const wholeFiles = await countWhole(schools);
  const seconds = (Date.now() - before.at) / 1000;
  const processor = processorSeconds(serverPid) - before.processor;
  say(
    `uploads answered 204         ${outcomes.filter((outcome) => outcome === "204").length} of ${uploadCount}`,
  );
  say(`files whole in the deposits  ${wholeFiles} of ${uploadCount}`);
  for (const other of new Set(outcomes.filter((outcome) => outcome !== "204"))) say(`  otherwise: ${other}`);
  say(
    `state reads                  ${reads.length}, p50 ${at(reads, 0.5)} ms, p95 ${at(reads, 0.95)} ms, p99 ${at(reads, 0.99)} ms`,
  );
  say(`server's peak memory         ${mib(memoryOf(serverPid).peakBytes)}`);
  say(
    `server's processor           ${((100 * processor) / seconds).toFixed(0)} % of one, over ${seconds.toFixed(0)} s`,
  );
  const isReached = wholeFiles === uploadCount && Number(at(reads, 0.95)) < READ_GOAL_MS;
  say(
    `goal                         all whole, p95 under ${READ_GOAL_MS} ms, ${mib(MEMORY_GOAL_BYTES)} at most`,
  );
  process.exitCode = isReached && memoryOf(serverPid).peakBytes < MEMORY_GOAL_BYTES ? 0 : 1;
} finally {
  await deployment.stop();
}

async function openSchools(count: number): Promise<School[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => openSchool(deployment, index + 1)));
}

async function createUploads(schools: readonly School[]): Promise<Order["uploads"]> {
  const perSchool = await Promise.all(
    schools.map(async (school, index) => {
      const files = Math.min(FILES_PER_SCHOOL, uploadCount - index * FILES_PER_SCHOOL);
      const created: Order["uploads"] = [];
      for (let file = 0; file < files; file += 1) {
        const { path } = await createUpload(deployment, school, { fileName: `base-${file}.zip`, sizeBytes });
        created.push({ path, key: school.key });
      }
      return created;
    }),
  );
  return perSchool.flat();
}

async function sendAll({ url }: Deployment, uploads: Order["uploads"]): Promise<string[]> {
  const perProcess = Math.ceil(uploads.length / SENDER_PROCESSES);
  const outcomes = await Promise.all(
    Array.from({ length: SENDER_PROCESSES }, async (_, index) => {
      const child = fork(join(import.meta.dirname, "load-sender.ts"));
      const own = uploads.slice(index * perProcess, (index + 1) * perProcess);
      child.send({ url, bytesPerSecond, sizeBytes, uploads: own } satisfies Order);
      const [answer] = await once(child, "message");
      return OutcomesSchema.parse(answer);
    }),
  );
  return outcomes.flat();
}

/** Reads random establishments' states, one after another, until stopped; milliseconds each. */
function readStates(schoolCount: number): { stop(): Promise<number[]> } {
  const random = createRandom(seed);
  const milliseconds: number[] = [];
  let isStopping = false;
  const loop = (async () => {
    while (!isStopping) {
      const startedAt = performance.now();
      await readView(deployment, rneOf(random.integer(1, schoolCount)));
      milliseconds.push(performance.now() - startedAt);
      await wait(READ_EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isStopping = true;
      await loop;
      return milliseconds;
    },
  };
}

async function countWhole(schools: readonly School[]): Promise<number> {
  const deposits = await Promise.all(schools.map((school) => readDeposit(deployment, school)));
  return deposits.flatMap(({ files }) => files).filter(({ status }) => status === "received").length;
}

function at(measured: readonly number[], share: number): string {
  const sorted = measured.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

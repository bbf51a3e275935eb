import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { createWaitingSchool, readView, type School } from "#tests/client/school.ts";
import { createUpload, pathOf, readDeposit } from "#tests/client/tus.ts";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";
import { deep } from "./deep.ts";
import { type Order, OutcomesSchema } from "./load/order.ts";
import { memoryOf, processorSeconds } from "./process-usage.ts";
import { createRandom } from "./random.ts";
import { mib } from "./sizes.ts";

const UPLOADS = 1_000;
const BYTES_PER_SECOND = 64 * 1024;
const LONGEST_SECONDS = 60;
const FILES_PER_SCHOOL = 16;
const SENDER_PROCESSES = 2;
const READ_EVERY_MS = 100;
const READ_GOAL_MS = 50;
const MEMORY_GOAL_BYTES = 400 * 1000 ** 2;

deep(
  "a thousand uploads at once all arrive whole, while states are read",
  async ({ minutes, seed, print }) => {
    const seconds = Math.min(LONGEST_SECONDS, Math.max(5, Math.floor(minutes * 30)));
    print(
      `load: ${UPLOADS} uploads at once, ${BYTES_PER_SECOND / 1024} KiB/s each, ${seconds} s, seed ${seed}`,
    );
    const sizeBytes = BYTES_PER_SECOND * seconds;
    const deployment = await startDeployment();
    try {
      const count = Math.ceil(UPLOADS / FILES_PER_SCHOOL);
      const schools = await Promise.all(Array.from({ length: count }, () => createWaitingSchool(deployment)));
      const uploads = await createUploads(schools, sizeBytes);
      const pid = deployment.pidOf("server");
      const before = { memory: memoryOf(pid), processor: processorSeconds(pid), at: Date.now() };
      const reading = readStates(schools, seed);
      const outcomes = await sendAll(deployment, { sizeBytes, bytesPerSecond: BYTES_PER_SECOND, uploads });
      const reads = await reading.stop();
      const deposits = await Promise.all(schools.map(readDeposit));
      const whole = deposits
        .flatMap(({ files }) => files)
        .filter(({ status }) => status === "received").length;
      const others = outcomes.filter((outcome) => outcome !== "204");
      const lastedSeconds = (Date.now() - before.at) / 1000;
      const processor = (100 * (processorSeconds(pid) - before.processor)) / lastedSeconds;
      const { peakBytes } = memoryOf(pid);
      print(`  server before                ${mib(before.memory.residentBytes)}`);
      print(`  uploads answered 204         ${outcomes.length - others.length} of ${UPLOADS}`);
      for (const other of new Set(others)) print(`    otherwise: ${other}`);
      print(`  files whole in the deposits  ${whole} of ${UPLOADS}`);
      print(
        `  state reads                  ${reads.length}, p50 ${at(reads, 0.5)} ms, p95 ${at(reads, 0.95)} ms, p99 ${at(reads, 0.99)} ms`,
      );
      print(`  server's peak memory         ${mib(peakBytes)}`);
      print(
        `  server's processor           ${processor.toFixed(0)} % of one, over ${lastedSeconds.toFixed(0)} s`,
      );
      print(
        `  goal, on a quiet machine     p95 under ${READ_GOAL_MS} ms, memory under ${mib(MEMORY_GOAL_BYTES)}`,
      );
      // What no other program on the machine can spoil; the times are figures to read.
      expect({ whole, others }).toEqual({ whole: UPLOADS, others: [] });
      expect(peakBytes).toBeLessThan(MEMORY_GOAL_BYTES);
    } finally {
      await deployment.stop();
    }
  },
);

async function createUploads(schools: readonly School[], sizeBytes: number): Promise<Order["uploads"]> {
  const perSchool = await Promise.all(
    schools.map(async (school, index) => {
      const files = Math.min(FILES_PER_SCHOOL, UPLOADS - index * FILES_PER_SCHOOL);
      const created: Order["uploads"] = [];
      for (let number = 0; number < files; number += 1) {
        const file = await createUpload(school, sizeBytes, { filename: `base-${number}.zip` });
        created.push({ path: pathOf(school, file), key: school.key });
      }
      return created;
    }),
  );
  return perSchool.flat();
}

async function sendAll({ url }: Deployment, order: Omit<Order, "url">): Promise<string[]> {
  const perProcess = Math.ceil(order.uploads.length / SENDER_PROCESSES);
  const outcomes = await Promise.all(
    Array.from({ length: SENDER_PROCESSES }, async (_, index) => {
      const child = fork(join(import.meta.dirname, "load", "load-sender.ts"));
      const own = order.uploads.slice(index * perProcess, (index + 1) * perProcess);
      child.send({ ...order, url, uploads: own } satisfies Order);
      const [answer] = await once(child, "message");
      return OutcomesSchema.parse(answer);
    }),
  );
  return outcomes.flat();
}

/** Reads random establishments' states, one after another, until stopped; milliseconds each. */
function readStates(schools: readonly School[], seed: number): { stop(): Promise<number[]> } {
  const random = createRandom(seed);
  const milliseconds: number[] = [];
  let isStopping = false;
  const loop = (async () => {
    while (!isStopping) {
      const school = schools[random.integer(0, schools.length - 1)];
      const startedAt = performance.now();
      if (school) await readView(school);
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

function at(measured: readonly number[], share: number): string {
  const sorted = measured.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0);
}

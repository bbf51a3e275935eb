import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { openDatabase } from "#platform/database/client.ts";
import { createLogger } from "#platform/log.ts";
import { useTestDatabase } from "#tests/database/test-database.ts";
import { defineJob } from "./job.ts";
import { openQueue } from "./queue.ts";

/** `vi.waitFor` gives up after a second unless it is told otherwise. */
const PATIENT = { timeout: 120_000 };

const job = defineJob({
  name: "test.count",
  payload: z.object({ number: z.number() }),
  retryLimit: 3,
  retryDelaySeconds: 0,
  concurrency: 2,
});

async function useQueue() {
  const connectionString = await useTestDatabase({ isNew: true });
  const log = createLogger("silent", "test");
  const db = openDatabase(connectionString);
  const queue = await openQueue({ connectionString, log, role: "worker", jobs: [job] });
  onTestFinished(async () => {
    await queue.stop(1_000);
    await db.$disconnect();
  });
  return { db, queue };
}

test("a job commits with the transaction that asks for it, and goes with it when that is rolled back", async () => {
  const { db, queue } = await useQueue();
  const seen: number[] = [];
  await queue.work(job, async ({ number }) => void seen.push(number));
  const rolledBack = db.$transaction(async (transaction) => {
    await queue.enqueue(transaction, job, { number: 1 });
    throw new Error("no");
  });
  await expect(rolledBack).rejects.toThrow("no");
  await db.$transaction((transaction) => queue.enqueue(transaction, job, { number: 2 }));
  await vi.waitFor(() => expect(seen).toEqual([2]), PATIENT);
});

test("a rush of 60 jobs is worked off, each of them once", async () => {
  const { db, queue } = await useQueue();
  const seen: number[] = [];
  await queue.work(job, async ({ number }) => void seen.push(number));
  await db.$transaction(
    async (transaction) => {
      for (let number = 0; number < 60; number += 1) await queue.enqueue(transaction, job, { number });
    },
    { timeout: 60_000 },
  );
  await vi.waitFor(() => expect(new Set(seen).size).toBe(60), { ...PATIENT, interval: 200 });
  expect(seen).toHaveLength(60);
});

test("a job that throws is tried again, and told which try is the last", async () => {
  const { db, queue } = await useQueue();
  const attempts: { number: number; isLast: boolean }[] = [];
  await queue.work(job, async (_payload, { number, isLast }) => {
    attempts.push({ number, isLast });
    if (!isLast) throw new Error("again");
  });
  await db.$transaction((transaction) => queue.enqueue(transaction, job, { number: 1 }));
  await vi.waitFor(() => expect(attempts.at(-1)).toEqual({ number: 4, isLast: true }), PATIENT);
  expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});

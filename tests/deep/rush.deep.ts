import { expect, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { openDatabase } from "#platform/database/client.ts";
import { createLogger } from "#platform/log.ts";
import { defineJob } from "#platform/queue/job.ts";
import { openQueue } from "#platform/queue/queue.ts";
import { useTestDatabase } from "#tests/database/test-database.ts";
import { deep } from "./deep.ts";

const JOBS = 200;
/** Two workers that poll once a second. */
const POLLED_SECONDS = JOBS / 2;

const job = defineJob({
  ...{ name: "test.rush", payload: z.object({ number: z.number() }) },
  ...{ retryLimit: 0, retryDelaySeconds: 0, concurrency: 2 },
});

deep("a rush of jobs is worked off without waiting for the poll between them", async ({ print }) => {
  const connectionString = await useTestDatabase({ isNew: true });
  const db = openDatabase(connectionString);
  const log = createLogger("silent", "test");
  const queue = await openQueue({ connectionString, log, role: "worker", jobs: [job] });
  onTestFinished(async () => {
    await queue.stop(1_000);
    await db.$disconnect();
  });
  const seen = new Set<number>();
  await queue.work(job, async ({ number }) => void seen.add(number));
  const startedAt = performance.now();
  await db.$transaction(
    async (transaction) => {
      for (let number = 0; number < JOBS; number += 1) await queue.enqueue(transaction, job, { number });
    },
    { timeout: 60_000 },
  );
  await vi.waitFor(() => expect(seen.size).toBe(JOBS), { timeout: 120_000, interval: 200 });
  const seconds = (performance.now() - startedAt) / 1000;
  print(`rush: ${JOBS} jobs in ${seconds.toFixed(1)} s; polling alone would take ${POLLED_SECONDS} s`);
  expect(seconds).toBeLessThan(POLLED_SECONDS);
});

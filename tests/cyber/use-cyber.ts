import { onTestFinished } from "vitest";
import { type CyberContext, createCyberContext } from "#cyber/context.ts";
import { openDatabase } from "#platform/database/client.ts";
import { createLogger } from "#platform/log.ts";
import type { JobDefinition } from "#platform/queue/job.ts";
import type { JobSender } from "#platform/queue/queue.ts";
import { useTestDatabase } from "#tests/database/test-database.ts";
import { type FakeHosting, PLATFORM_KEY, startFakeHosting } from "./fake-hosting.ts";

export interface AskedJob {
  readonly name: string;
  readonly payload: object;
  readonly startAfter: Date | null;
}

export interface CyberTest {
  readonly ctx: CyberContext;
  readonly hosting: FakeHosting;
  readonly jobs: AskedJob[];
  readonly clock: { now: () => Date; advance: (ms: number) => void };
}

/** CYBER on a database of its own, with a HOSTING that is another program and a clock that the test moves. */
export async function useCyber(): Promise<CyberTest> {
  const database = openDatabase(await useTestDatabase());
  const hosting = await startFakeHosting();
  onTestFinished(async () => {
    await hosting.close();
    await database.$disconnect();
  });
  let nowMs = Date.parse("2026-11-23T12:00:00.000Z");
  const clock = {
    now: () => new Date(nowMs),
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
  const jobs: AskedJob[] = [];
  const queue: JobSender = {
    enqueue: async <Payload extends object>(
      _transaction: unknown,
      job: JobDefinition<Payload>,
      payload: Payload,
      options: { startAfter?: Date } = {},
    ) => {
      jobs.push({ name: job.name, payload, startAfter: options.startAfter ?? null });
    },
  };
  const environment = {
    SECRET_KEY: "secret-key-of-the-tests-0123456789ab",
    PUBLIC_URL: "http://cyber.test",
    HOSTING_URL: hosting.url,
    WEBHOOK_SECRET: "whsec_dGVzdC10ZXN0LXRlc3QtdGVzdC10ZXN0LXRlc3Q=",
    PLATFORM_KEY,
  };
  const log = createLogger("silent", "test");
  const ctx = createCyberContext({ database, queue, clock, log, environment });
  return { ctx, hosting, jobs, clock };
}

/** A school that is followed, as the staff creates it. */
export const ZOLA = {
  rne: "0350024L",
  name: "Lycée Émile Zola",
  griffe: "LYCEE EMILE ZOLA",
  code: "ABCDEFGH",
  version: "CL",
  contacts: "cdi@zola.test, doc@zola.test",
} as const;

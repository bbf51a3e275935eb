import { fromPrisma, PgBoss } from "pg-boss";
import { failureText } from "#platform/failure.ts";
import type { Logger } from "#platform/log.ts";
import type { JobDefinition } from "./job.ts";

const FOUR_HOURS_SECONDS = 4 * 60 * 60;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** What a transaction must offer for a job to commit with it. */
export interface JobTransaction {
  $queryRawUnsafe<Row = unknown>(query: string, ...values: unknown[]): Promise<Row>;
}

export interface EnqueueOptions {
  readonly startAfter?: Date;
}

/** The side of the queue that only asks for work: all that a server or a verb needs. */
export interface JobSender {
  /** Writes the job in the caller's transaction: both commit, or neither. */
  enqueue<Payload extends object>(
    transaction: JobTransaction,
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<void>;
}

export interface Queue extends JobSender {
  /** Runs `handler` for each job; a throw means another try, by the job's definition. */
  work<Payload extends object>(
    job: JobDefinition<Payload>,
    handler: (
      payload: Payload,
      attempt: { number: number; isLast: boolean; signal: AbortSignal },
    ) => Promise<void>,
  ): Promise<void>;
  /** Ends after the running jobs, at most `timeoutMs` later. */
  stop(timeoutMs: number): Promise<void>;
}

/** A kind of job, whatever it carries. */
export type QueueDefinition = Omit<JobDefinition, "payload">;

export interface QueueOptions {
  readonly connectionString: string;
  readonly log: Logger;
  /** A worker creates the tables and the queues, supervises and runs cron; a sender does none of it. */
  readonly role: "worker" | "sender";
  readonly jobs: readonly QueueDefinition[];
}

export async function openQueue({ connectionString, log, role, jobs }: QueueOptions): Promise<Queue> {
  const isWorker = role === "worker";
  const boss = new PgBoss({
    connectionString,
    schema: "queue",
    max: isWorker ? 10 : 3,
    connectionTimeoutMillis: 10_000,
    migrate: isWorker,
    createSchema: isWorker,
    supervise: isWorker,
    schedule: isWorker,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    queueCacheIntervalSeconds: 5,
    useListenNotify: isWorker,
  });
  boss.on("error", (error) => log.error({ err: error }, "queue error"));
  await boss.start();
  if (isWorker) for (const job of jobs) await createQueue(boss, job);
  return {
    enqueue: async (transaction, job, payload, options = {}) => {
      const db = fromPrisma(transaction);
      await boss.send(
        job.name,
        payload,
        options.startAfter ? { db, startAfter: options.startAfter } : { db },
      );
    },
    work: async (job, handler) => {
      const options = {
        localConcurrency: job.concurrency,
        pollingIntervalSeconds: 1,
        // Notifications that come together wake a worker once: without a burst a rush would drain by the poll.
        notifyPollingIntervalSeconds: 1,
        burstWhenReadyExceeds: 2,
      };
      await boss.work(job.name, options, async ([run]) => {
        if (!run) return;
        const attempt = {
          number: run.retryCount + 1,
          isLast: run.retryCount >= job.retryLimit,
          signal: run.signal,
        };
        try {
          await handler(job.payload.parse(run.data ?? {}), attempt);
        } catch (failure) {
          log.warn(
            { job: job.name, id: run.id, attempt: attempt.number, failure: failureText(failure) },
            "job failed",
          );
          throw failure;
        }
      });
    },
    stop: (timeoutMs) => boss.stop({ graceful: true, timeout: timeoutMs }),
  };
}

async function createQueue(boss: PgBoss, job: QueueDefinition): Promise<void> {
  const options = {
    retryLimit: job.retryLimit,
    retryDelay: job.retryDelaySeconds,
    retryBackoff: job.retryDelayMaxSeconds !== undefined,
    ...(job.retryDelayMaxSeconds === undefined ? {} : { retryDelayMax: job.retryDelayMaxSeconds }),
    // The default of 15 minutes would run a long job twice; the heartbeat tells a dead worker from a slow one.
    expireInSeconds: FOUR_HOURS_SECONDS,
    heartbeatSeconds: 15,
    deleteAfterSeconds: WEEK_SECONDS,
    notify: true,
  };
  await boss.createQueue(job.name, options);
  await boss.updateQueue(job.name, options);
  if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: "Europe/Paris" });
}

import type { State } from "#contract/states.ts";
import type { StepContext } from "#hosting/jobs/step-context.ts";
import type { Operation } from "#hosting/provisioner/port.ts";
import type { FaultOutcome } from "#tests/provisioner/double.ts";
import type { PlannedFaults } from "#tests/provisioner/planned-faults.ts";
import { completeJob, listQueuedJobs, type QueuedJob, runQueuedStep, takeJob } from "./queued-jobs.ts";

/** More steps in a row than any way between two states has. */
const MOST_STEPS = 100;

/** A run that waits inside an operation of the provisioner until the test lets it go on. */
export interface HeldRun {
  /** Resolves once the run has ended. */
  release(outcome?: FaultOutcome): Promise<void>;
}

/**
 * Works the jobs of HOSTING when a test says so, one at a time: between two calls nothing runs, so there is nothing to
 * wait for and nothing to race with. A run that a test does not wait for is named when the test ends.
 */
export class HandWorker {
  readonly #context: StepContext;
  readonly #faults: PlannedFaults;
  /** What is under way, by the school's RNE. */
  readonly #underWay = new Map<string, string>();

  constructor(context: StepContext, faults: PlannedFaults) {
    this.#context = context;
    this.#faults = faults;
  }

  /** Works what is due until the establishment stands in a state, even one where work is waiting. */
  reach(rne: string, state: State): Promise<void> {
    return this.#alone(rne, `the way to ${state}`, async () => {
      for (let steps = 0; steps < MOST_STEPS; steps += 1) {
        const now = await this.#stateOf(rne);
        if (now === state) return;
        const job = await this.#findDue(rne);
        if (!job)
          throw new Error(
            `${rne} stands in ${now} and nothing due leads to ${state}: ${await this.#tellPlanned(rne)}`,
          );
        await this.#work(job);
      }
      throw new Error(`${rne} did not reach ${state} in ${MOST_STEPS} steps`);
    });
  }

  /** Works the next job that is due; fails where none is. */
  workNext(rne: string): Promise<void> {
    return this.#alone(rne, "its next job", async () => {
      const job = await this.#findDue(rne);
      if (!job) throw new Error(`nothing is due for ${rne}: ${await this.#tellPlanned(rne)}`);
      await this.#work(job);
    });
  }

  /** Works what is due, and what becomes due by it, until nothing is. */
  workAll(rne: string): Promise<void> {
    return this.#alone(rne, "all its jobs", async () => {
      for (let steps = 0; steps < MOST_STEPS; steps += 1) {
        const job = await this.#findDue(rne);
        if (!job) return;
        await this.#work(job);
      }
      throw new Error(`${rne} still has something due after ${MOST_STEPS} steps`);
    });
  }

  /** Works the next job up to the beginning of an operation, and leaves the run there until it is released. */
  async hold(rne: string, operation: Operation): Promise<HeldRun> {
    const gate = Promise.withResolvers<FaultOutcome>();
    const begun = this.#faults.begun(operation, this.#faults.count(operation) + 1);
    this.#faults.next(operation, gate.promise);
    const run = this.workNext(rne);
    const ended = run.then(() => "ended" as const);
    if ((await Promise.race([begun, ended])) === "ended")
      throw new Error(`the next job of ${rne} ended without ${operation}`);
    return {
      release: async (outcome = "done") => {
        gate.resolve(outcome);
        await run;
      },
    };
  }

  /** Fails with what the test began and did not wait for. */
  expectIdle(): void {
    if (this.#underWay.size === 0) return;
    const runs = [...this.#underWay].map(([rne, what]) => `${what} of ${rne}`);
    throw new Error(`the test ended without waiting for what it began: ${runs.join(", ")}`);
  }

  async #alone(rne: string, what: string, work: () => Promise<void>): Promise<void> {
    const other = this.#underWay.get(rne);
    if (other)
      throw new Error(`${what} of ${rne} was begun while ${other} was under way: wait for that first`);
    this.#underWay.set(rne, what);
    try {
      await work();
    } finally {
      this.#underWay.delete(rne);
    }
  }

  async #work(job: QueuedJob): Promise<void> {
    await takeJob(this.#context.db, job);
    await runQueuedStep(this.#context, job, { deaths: job.deaths });
    await completeJob(this.#context.db, job);
  }

  async #findDue(rne: string): Promise<QueuedJob | undefined> {
    const now = this.#context.clock.now();
    return (await listQueuedJobs(this.#context.db, rne)).find(({ startAfter }) => startAfter <= now);
  }

  async #stateOf(rne: string): Promise<string> {
    return (await this.#context.db.establishment.findUniqueOrThrow({ where: { rne } })).state;
  }

  async #tellPlanned(rne: string): Promise<string> {
    const now = this.#context.clock.now().getTime();
    const planned = (await listQueuedJobs(this.#context.db, rne)).map(
      ({ name, startAfter }) => `${name} in ${Math.round((startAfter.getTime() - now) / 1000)} s`,
    );
    return planned.join(", ") || "no job is planned";
  }
}

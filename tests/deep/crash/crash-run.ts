import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "#tests/deep/random.ts";
import { startDeployment } from "#tests/deployment/deployment.ts";
import { depositThroughKills, type SchoolOutcome } from "./crash-school.ts";
import { killAtRandom, type Victim } from "./killing.ts";

const SCHOOLS_AT_ONCE = 5;
const LAST_WORDS = 5_000;

export interface CrashOptions {
  readonly seed: number;
  /** Asked before each kill. */
  readonly isOver: () => boolean;
}

export interface CrashReport {
  readonly killed: Readonly<Record<Victim, number>>;
  readonly deposits: number;
  readonly files: number;
  readonly sentBytes: number;
  readonly lostBytes: number;
  /** The longest that an upload waited for its next byte to be acknowledged. */
  readonly longestWaitMs: number;
  readonly stuckFiles: number;
  readonly alteredFiles: number;
  /** Deposits handed over, or opened, another number of times than once. */
  readonly wrongCompletions: number;
  readonly seconds: number;
}

/** Schools deposit bases, one after another, for as long as the deployment's processes are being killed. */
export async function runCrash({ seed, isOver }: CrashOptions): Promise<CrashReport> {
  const startedAt = Date.now();
  const directory = await mkdtemp(join(tmpdir(), "bcdi-crash-"));
  const deployment = await startDeployment();
  try {
    let isKilling = true;
    let calmAt = 0;
    let number = 0;
    const outcomes: SchoolOutcome[] = [];
    const schools = Array.from({ length: SCHOOLS_AT_ONCE }, async () => {
      while (isKilling) {
        number += 1;
        const random = createRandom(seed * 10_000 + number);
        const plan = { server: deployment, number, directory, random };
        // Work that is cut again and again takes as long as it takes: its time begins when nobody kills any more.
        const calmSince = () => (isKilling ? Date.now() : calmAt);
        outcomes.push(await depositThroughKills({ ...plan, calmSince }));
      }
    });
    const killing = killAtRandom({ deployment, isOver, random: createRandom(seed) }).finally(() => {
      isKilling = false;
      calmAt = Date.now();
    });
    const [killed] = await Promise.all([killing, ...schools]);
    return summarise(killed, outcomes, (Date.now() - startedAt) / 1000);
  } catch (failure) {
    throw new Error(`the deployment's last words:\n${deployment.output().slice(-LAST_WORDS)}`, {
      cause: failure,
    });
  } finally {
    await deployment.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

function summarise(
  killed: Readonly<Record<Victim, number>>,
  outcomes: readonly SchoolOutcome[],
  seconds: number,
): CrashReport {
  const sum = (of: (outcome: SchoolOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    ...{ killed, seconds, deposits: outcomes.length },
    files: sum((outcome) => outcome.files),
    sentBytes: sum((outcome) => outcome.sentBytes),
    lostBytes: sum((outcome) => outcome.lostBytes),
    longestWaitMs: Math.max(...outcomes.map(({ longestWaitMs }) => longestWaitMs)),
    stuckFiles: sum((outcome) => outcome.stuckFiles),
    alteredFiles: sum((outcome) => outcome.alteredFiles),
    wrongCompletions: outcomes.filter(({ completions, openings }) => completions !== 1 || openings !== 1)
      .length,
  };
}

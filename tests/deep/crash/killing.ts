import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "#tests/deep/random.ts";
import type { Deployment } from "#tests/deployment/deployment.ts";

export const VICTIMS = ["server", "worker", "postgres"] as const;
export type Victim = (typeof VICTIMS)[number];

const SHARES = { server: 0.7, worker: 0.6, postgres: 0.3 } as const satisfies Record<Victim, number>;
const LONGEST_LIFE_MS = 600;
const HEALTH_POLL_MS = 30;
const RECOVERY_TIMEOUT_MS = 60_000;
/** A worker that dies while it starts is started ever later, as it should be. */
const WORKER_START_MS = 5_000;

export interface KillOptions {
  readonly deployment: Deployment;
  /** Asked before each kill. */
  readonly isOver: () => boolean;
  readonly random: Random;
}

/** Kills processes of the deployment, one or two at once, each time at a random moment after it has recovered. */
export async function killAtRandom({
  deployment,
  isOver,
  random,
}: KillOptions): Promise<Record<Victim, number>> {
  const killed = { server: 0, worker: 0, postgres: 0 };
  let workerKilledAt = 0;
  while (!isOver()) {
    await waitUntilHealthy(deployment.url);
    await wait(random.integer(0, LONGEST_LIFE_MS));
    const isWorkerUp = Date.now() - workerKilledAt > WORKER_START_MS;
    for (const victim of chooseVictims(random, isWorkerUp)) {
      const pid = findPid(deployment, victim);
      if (pid === null) continue;
      process.kill(pid, "SIGKILL");
      killed[victim] += 1;
      if (victim === "worker") workerKilledAt = Date.now();
    }
  }
  await waitUntilHealthy(deployment.url);
  return killed;
}

/** The server mostly: it holds the bytes on their way. */
function chooseVictims(random: Random, isWorkerUp: boolean): Victim[] {
  const chosen = VICTIMS.filter(
    (victim) => random.chance(SHARES[victim]) && (victim !== "worker" || isWorkerUp),
  );
  return chosen.length > 0 ? chosen : ["server"];
}

/** Null for one that is just being started again. */
function findPid(deployment: Deployment, victim: Victim): number | null {
  const pid = victim === "postgres" ? findPostmaster(deployment) : deployment.pidOf(victim);
  return existsSync(`/proc/${pid}`) ? pid : null;
}

/** The first line of postmaster.pid is its process. */
function findPostmaster({ dataDirectory }: Deployment): number {
  const path = join(dataDirectory, "postgres", "data", "postmaster.pid");
  return existsSync(path) ? Number.parseInt(readFileSync(path, "utf8"), 10) : Number.NaN;
}

async function waitUntilHealthy(url: string): Promise<void> {
  const deadline = Date.now() + RECOVERY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const isHealthy = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isHealthy) return;
    await wait(HEALTH_POLL_MS);
  }
  throw new Error("the deployment did not recover");
}

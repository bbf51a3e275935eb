import { expect } from "vitest";
import { startDeployment } from "#tests/deployment/deployment.ts";
import { ENVIRONMENT, listNeverDone, listUnseen } from "#tests/models/requests/coverage.ts";
import { type Explored, exploreRequests } from "#tests/models/requests/explore.ts";
import { deep, exploreSeeds } from "./deep.ts";

const REQUESTS_PER_SEED = 10_000;
const MOST_FAULTS_SHOWN = 10;

deep("generated requests: no failure, nothing but what the document says", async (budget) => {
  const deployment = await startDeployment({ environment: ENVIRONMENT });
  const statuses = new Map<string, Record<number, number>>();
  try {
    let last: Explored | undefined;
    let sent = 0;
    await exploreSeeds(budget, "requests", async (round) => {
      last = await exploreRequests(deployment, { ...round, requests: REQUESTS_PER_SEED });
      expect(
        last.faults.slice(0, MOST_FAULTS_SHOWN),
        `seed ${round.seed}: ${last.faults.length} faults`,
      ).toEqual([]);
      for (const [id, counts] of last.statuses) {
        const all = statuses.get(id) ?? {};
        for (const [status, count] of Object.entries(counts))
          all[Number(status)] = (all[Number(status)] ?? 0) + count;
        statuses.set(id, all);
      }
      sent += last.sent;
      return last.sent;
    });
    for (const [id, counts] of statuses) budget.print(`  ${id}: ${JSON.stringify(counts)}`);
    if (!last) return;
    // What comes once in thousands of requests.
    if (sent < REQUESTS_PER_SEED) return;
    const explored = { document: last.document, statuses };
    expect(listNeverDone(explored)).toEqual([]);
    expect(listUnseen(explored), "documented, and answered to nobody").toEqual([]);
  } finally {
    await deployment.stop();
  }
});

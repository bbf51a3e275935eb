import { afterAll, beforeAll, expect, test } from "vitest";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";
import { ENVIRONMENT, listNeverDone, NEEDS_THE_WORKER } from "./coverage.ts";
import { exploreRequests } from "./explore.ts";

const REQUESTS = 1_500;
const MOST_FAULTS_SHOWN = 10;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ environment: ENVIRONMENT });
});
afterAll(() => deployment.stop());

test(`${REQUESTS} generated requests: no failure, nothing but what the document says`, async () => {
  const explored = await exploreRequests(deployment, { seed: 1, requests: REQUESTS });
  expect(explored.faults.slice(0, MOST_FAULTS_SHOWN), `${explored.faults.length} faults`).toEqual([]);
  const never = listNeverDone(explored).filter((id) => !NEEDS_THE_WORKER.includes(id));
  expect(never, "with requests that are all refused, this would not prove much").toEqual([]);
});

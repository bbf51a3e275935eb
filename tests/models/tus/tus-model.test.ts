import { afterAll, beforeAll, expect, test } from "vitest";
import { type CreatedSchool, createWaitingSchool } from "#tests/client/school.ts";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";
import { exploreTus } from "./explore.ts";

const RUNS = 40;

let deployment: Deployment;
let school: CreatedSchool;
beforeAll(async () => {
  deployment = await startDeployment();
  school = await createWaitingSchool(deployment);
});
afterAll(() => deployment.stop());

test("Whatever clients do, in whatever order, the server has the bytes that it says it has, and no others", async () => {
  expect(await exploreTus(deployment, school, { seed: 1, runs: RUNS })).toBeGreaterThanOrEqual(RUNS);
});

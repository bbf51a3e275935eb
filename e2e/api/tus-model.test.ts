import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Deployment, startDeployment } from "#e2e/deployment/deployment.ts";
import { openSchool, type School } from "#e2e/harness/school.ts";
import { tusCommands } from "./tus-commands.ts";
import { type Model, TusEndpoint } from "./tus-model.ts";

let deployment: Deployment;
let school: School;
beforeAll(async () => {
  deployment = await startDeployment();
  school = await openSchool(deployment, 1);
});
afterAll(() => deployment.stop());

// TUS_MODEL_SEED explores other sequences, TUS_MODEL_RUNS as many as wanted.
const seed = Number(process.env.TUS_MODEL_SEED ?? 1);
const numRuns = Number(process.env.TUS_MODEL_RUNS ?? 100);

test(`Whatever clients do, in whatever order, the server has the bytes that it says it has, and no others (seed ${seed}, ${numRuns} runs)`, async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(tusCommands, async (commands) => {
      const endpoint = new TusEndpoint(deployment, school);
      const model: Model = { uploads: [], created: 0 };
      try {
        await fc.asyncModelRun(() => ({ model, real: endpoint }), commands);
        for (const { name, content, received } of model.uploads) {
          expect((await endpoint.head(name)).offset).toBe(received);
          expect((await endpoint.stored(name)).equals(content.subarray(0, received))).toBe(true);
        }
      } finally {
        for (const { name } of model.uploads) await endpoint.remove(name);
        runs += 1;
      }
    }),
    { seed, numRuns, endOnFailure: true },
  );
  expect(runs).toBeGreaterThanOrEqual(numRuns);
}, 600_000);

import { createWaitingSchool } from "#tests/client/school.ts";
import { startDeployment } from "#tests/deployment/deployment.ts";
import { exploreTus } from "#tests/models/tus/explore.ts";
import { deep, exploreSeeds } from "./deep.ts";

deep("whatever clients do, the server has the bytes that it says it has, and no others", async (budget) => {
  const deployment = await startDeployment();
  try {
    const school = await createWaitingSchool(deployment);
    await exploreSeeds(budget, "tus", ({ seed }) => exploreTus(deployment, school, { seed, runs: 20 }));
  } finally {
    await deployment.stop();
  }
});

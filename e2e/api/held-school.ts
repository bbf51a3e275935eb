import { createSchool, mintLicence, type School, waitForState } from "#tests/client/school.ts";
import type { GatedDeployment } from "#tests/deployment/gates.ts";

/** An establishment whose server is being installed until its gate opens. */
export async function createHeldInStart(deployment: GatedDeployment): Promise<School> {
  const licence = mintLicence();
  deployment.gates.close(licence.rne, "install");
  return createSchool(deployment, licence);
}

/** An establishment in STARTERROR until its gate opens. */
export async function createFailed(deployment: GatedDeployment): Promise<School> {
  const licence = mintLicence();
  deployment.gates.close(licence.rne, "install", "fail");
  const school = await createSchool(deployment, licence);
  await waitForState(school, "STARTERROR");
  return school;
}

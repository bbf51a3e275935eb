import {
  type CreatedSchool,
  createSchool,
  mintLicence,
  type Server,
  waitForState,
} from "#tests/client/school.ts";
import type { Gates } from "#tests/deployment/gates.ts";

type Gated = Server & { readonly gates: Gates };

/** An establishment whose server is being installed until its gate opens. */
export async function createHeldInStart(deployment: Gated): Promise<CreatedSchool> {
  const licence = mintLicence();
  deployment.gates.close(licence.rne, "install");
  return createSchool(deployment, licence);
}

/** An establishment in STARTERROR until its gate opens. */
export async function createFailed(deployment: Gated): Promise<CreatedSchool> {
  const licence = mintLicence();
  deployment.gates.close(licence.rne, "install", "fail");
  const school = await createSchool(deployment, licence);
  await waitForState(school, "STARTERROR");
  return school;
}

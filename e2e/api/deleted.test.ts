import { describe, expect, it } from "vitest";
import { zipOfBase } from "#tests/archives/zips.ts";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { expectUnchanged } from "#tests/client/expect-unchanged.ts";
import {
  callOn,
  createSchool,
  createWaitingSchool,
  mintLicence,
  parseView,
  readView,
  waitForState,
} from "#tests/client/school.ts";
import { upload } from "#tests/client/tus.ts";
import { openDeployment } from "#tests/deployment/shared.ts";

const deployment = openDeployment();

describe("a deleted hosting", () => {
  it("refuses everything but being read, and said again DELETE answers the same", async () => {
    const school = await createWaitingSchool(deployment);
    await upload(school, await zipOfBase("data"));
    await callOn(school, "DELETE");
    const deleted = await waitForState(school, "BCDIDELETED");
    expect(deleted.downloads).toMatchObject([{ fileName: "data.zip" }]);
    expect(parseView(await callOn(school, "DELETE"))).toEqual(deleted);
    await expectUnchanged(school, async () => {
      for (const suffix of ["/cancel-deletion", "/retry", "/deposit/complete"])
        expectProblem(await callOn(school, "POST", suffix), 409, "state_conflict");
      expectProblem(await callOn(school, "PUT", "", { json: { griffe: "AUTRE" } }), 409, "state_conflict");
    });
  });

  it("begins anew when it is created again, with a new key and an empty deposit", async () => {
    const school = await createWaitingSchool(deployment);
    await upload(school, await zipOfBase("data"));
    await callOn(school, "DELETE");
    await waitForState(school, "BCDIDELETED");
    const licence = mintLicence({ rne: school.rne, griffe: "NOUVELLE GRIFFE" });
    const again = await createSchool(deployment, licence);
    expect(again.key).not.toBe(school.key);
    expectProblem(await callOn(school, "GET"), 401, "unauthorized");
    const waiting = await waitForState(again, "BCDIDBWAIT");
    expect(waiting).toMatchObject({ griffe: "NOUVELLE GRIFFE", bases: [], downloads: [] });
    expect((await readView(again)).history.map((step) => step.state)).toEqual(["START", "BCDIDBWAIT"]);
  });
});

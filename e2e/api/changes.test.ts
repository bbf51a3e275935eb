import { afterEach, describe, expect, it } from "vitest";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { expectUnchanged } from "#tests/client/expect-unchanged.ts";
import {
  callOn,
  createWaitingSchool,
  parseView,
  readView,
  type School,
  waitForState,
} from "#tests/client/school.ts";
import { completeDeposit, upload } from "#tests/client/tus.ts";
import { gatedDeployment } from "#tests/deployment/shared.ts";
import { createFailed, createHeldInStart } from "./held-school.ts";

const deployment = gatedDeployment();
afterEach(() => deployment.gates.openAll());

const statesOf = async (school: School) => (await readView(school)).history.map((step) => step.state);

describe("PUT", () => {
  it("answers BCDIALTER, then returns with the new data to the state it came from", async () => {
    const school = await createWaitingSchool(deployment);
    deployment.gates.close(school.rne, "alter");
    const json = { griffe: "COLLÈGE RENÉ CHAR", code: "ZYXWVUTS", version: "SP" };
    const altering = parseView(await callOn(school, "PUT", "", { json }));
    expect(altering).toMatchObject({ state: "BCDIALTER", stateCode: "6", actor: "hosting" });
    expect(altering).toMatchObject({ griffe: school.griffe, nextStep: { state: "BCDIDBWAIT" } });
    deployment.gates.open(school.rne, "alter");
    expect(await waitForState(school, "BCDIDBWAIT")).toMatchObject({ ...json, problem: null });
    expect(await statesOf(school)).toEqual(["START", "BCDIDBWAIT", "BCDIALTER", "BCDIDBWAIT"]);
  });

  it("changes one field and leaves the others", async () => {
    const school = await createWaitingSchool(deployment);
    parseView(await callOn(school, "PUT", "", { json: { griffe: "AUTRE" } }));
    const altered = await waitForState(school, "BCDIDBWAIT");
    expect(altered).toMatchObject({ griffe: "AUTRE", code: school.code, version: school.version });
  });

  it("said again while it lasts is the same change; another one waits", async () => {
    const school = await createWaitingSchool(deployment);
    deployment.gates.close(school.rne, "alter");
    const first = parseView(await callOn(school, "PUT", "", { json: { griffe: "AUTRE" } }));
    expect(parseView(await callOn(school, "PUT", "", { json: { griffe: "AUTRE" } }))).toEqual(first);
    await expectUnchanged(school, async () => {
      const refused = await callOn(school, "PUT", "", { json: { griffe: "TROISIÈME" } });
      expectProblem(refused, 409, "state_conflict");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    });
    deployment.gates.open(school.rne, "alter");
    expect((await waitForState(school, "BCDIDBWAIT")).griffe).toBe("AUTRE");
  });

  it("asked ten times at once is one change", async () => {
    const school = await createWaitingSchool(deployment);
    deployment.gates.close(school.rne, "alter");
    const put = () => callOn(school, "PUT", "", { json: { griffe: "AUTRE" } });
    const answers = await Promise.all(Array.from({ length: 10 }, put));
    for (const answer of answers) expect(parseView(answer).state).toBe("BCDIALTER");
    expect(await statesOf(school)).toEqual(["START", "BCDIDBWAIT", "BCDIALTER"]);
  });

  it("that fails on the server keeps the old data, says so, and can be asked again", async () => {
    const school = await createWaitingSchool(deployment);
    deployment.gates.close(school.rne, "alter", "fail");
    await callOn(school, "PUT", "", { json: { griffe: "AUTRE" } });
    const kept = await waitForState(school, "BCDIDBWAIT");
    expect(kept).toMatchObject({ griffe: school.griffe, problem: { code: "alteration_failed" } });
    deployment.gates.open(school.rne, "alter");
    await callOn(school, "PUT", "", { json: { griffe: "AUTRE" } });
    expect(await waitForState(school, "BCDIDBWAIT")).toMatchObject({ griffe: "AUTRE", problem: null });
  });

  it("is a conflict where the server cannot be altered", async () => {
    const json = { griffe: "AUTRE" };
    for (const school of [await createHeldInStart(deployment), await createFailed(deployment)])
      await expectUnchanged(school, async () => {
        expectProblem(await callOn(school, "PUT", "", { json }), 409, "state_conflict");
      });
    const leaving = await createWaitingSchool(deployment);
    await callOn(leaving, "DELETE");
    await expectUnchanged(leaving, async () => {
      expectProblem(await callOn(leaving, "PUT", "", { json }), 409, "state_conflict");
    });
  });

  it.each([
    ["no field", {}, 422, "invalid_request"],
    ["an RNE", { rne: "0350024L" }, 422, "invalid_request"],
    ["a wrong code", { griffe: "AUTRE", code: "court" }, 422, "invalid_request"],
    ["a wrong version", { version: "XX" }, 422, "invalid_request"],
    ["nothing but null", { griffe: null }, 422, "invalid_request"],
    ["a list", [], 422, "invalid_request"],
  ])("with %s is refused and changes nothing", async (_case, json, status, code) => {
    const school = await createWaitingSchool(deployment);
    await expectUnchanged(school, async () => {
      expectProblem(await callOn(school, "PUT", "", { json }), status, code);
    });
  });

  it("refuses a body that is too long, not JSON, or cut", async () => {
    const school = await createWaitingSchool(deployment);
    const headers = { "Content-Type": "application/json" };
    await expectUnchanged(school, async () => {
      const long = await callOn(school, "PUT", "", { json: { griffe: "x".repeat(10 * 1024 * 1024) } });
      expectProblem(long, 413, "body_too_large");
      const text = await callOn(school, "PUT", "", { body: '{"griffe":"AUTRE"}' });
      expectProblem(text, 415, "unsupported_media_type");
      expectProblem(await callOn(school, "PUT", "", { body: '{"griffe":', headers }), 422, "invalid_request");
      const platform = await callOn(school, "PUT", "", { json: {}, key: deployment.platformKey });
      expectProblem(platform, 401, "unauthorized");
    });
  });
});

describe("DELETE", () => {
  it("answers BCDIDELETE, and the same when it is said again", async () => {
    const school = await createWaitingSchool(deployment);
    const first = parseView(await callOn(school, "DELETE"));
    expect(first).toMatchObject({ state: "BCDIDELETE", stateCode: "7", nextStep: { state: "BCDIDELETED" } });
    expect(Date.parse(first.nextStep?.estimatedAt ?? "")).toBeGreaterThan(Date.now() + 59 * 60_000);
    expect(parseView(await callOn(school, "DELETE"))).toEqual(first);
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => callOn(school, "DELETE")));
    for (const answer of atOnce) expect(parseView(answer)).toEqual(first);
  });

  it("asked ten times at once is one deletion", async () => {
    const school = await createWaitingSchool(deployment);
    const answers = await Promise.all(Array.from({ length: 10 }, () => callOn(school, "DELETE")));
    for (const answer of answers) expect(parseView(answer).state).toBe("BCDIDELETE");
    expect(await statesOf(school)).toEqual(["START", "BCDIDBWAIT", "BCDIDELETE"]);
  });

  it("cancelled in time returns to the state it came from, and the step goes on", async () => {
    const school = await createHeldInStart(deployment);
    await callOn(school, "DELETE");
    const returned = parseView(await callOn(school, "POST", "/cancel-deletion"));
    expect(returned).toMatchObject({ state: "START", nextStep: { state: "BCDIDBWAIT" } });
    deployment.gates.open(school.rne, "install");
    await waitForState(school, "BCDIDBWAIT");
    expect(await statesOf(school)).toEqual(["START", "BCDIDELETE", "START", "BCDIDBWAIT"]);
  });

  it("cancelled while an error stands returns to that error", async () => {
    const school = await createFailed(deployment);
    const { problem } = await readView(school);
    await callOn(school, "DELETE");
    expect(parseView(await callOn(school, "POST", "/cancel-deletion"))).toMatchObject({
      state: "STARTERROR",
      problem,
    });
  });

  it("cancelled while the only file is no base returns to that error", async () => {
    const school = await createWaitingSchool(deployment);
    await upload(school, Buffer.from("rien"));
    await completeDeposit(school);
    await waitForState(school, "BCDIUPLOADEDERROR");
    expect(parseView(await callOn(school, "DELETE")).state).toBe("BCDIDELETE");
    const back = parseView(await callOn(school, "POST", "/cancel-deletion"));
    expect(back).toMatchObject({ state: "BCDIUPLOADEDERROR", problem: { code: "not_an_archive" } });
  });

  it("cannot be cancelled where there is none", async () => {
    const school = await createWaitingSchool(deployment);
    await expectUnchanged(school, async () => {
      expectProblem(await callOn(school, "POST", "/cancel-deletion"), 409, "state_conflict");
    });
    await callOn(school, "DELETE");
    await callOn(school, "POST", "/cancel-deletion");
    expectProblem(await callOn(school, "POST", "/cancel-deletion"), 409, "state_conflict");
  });
});

describe("a retry", () => {
  it("installs again with the same key once the fault is repaired", async () => {
    const school = await createFailed(deployment);
    const failed = await readView(school);
    expect(failed).toMatchObject({
      stateCode: "E1",
      actor: "hosting",
      problem: { code: "installation_failed" },
    });
    expect(failed.problem?.reference).not.toBe("");
    deployment.gates.open(school.rne, "install");
    expect(parseView(await callOn(school, "POST", "/retry"))).toMatchObject({
      state: "START",
      problem: null,
    });
    await waitForState(school, "BCDIDBWAIT");
    expect(await statesOf(school)).toEqual(["START", "STARTERROR", "START", "BCDIDBWAIT"]);
  });

  it("is a conflict where nothing failed", async () => {
    const leaving = await createWaitingSchool(deployment);
    await callOn(leaving, "DELETE");
    for (const school of [
      await createHeldInStart(deployment),
      await createWaitingSchool(deployment),
      leaving,
    ])
      await expectUnchanged(school, async () => {
        expectProblem(await callOn(school, "POST", "/retry"), 409, "state_conflict");
      });
  });
});

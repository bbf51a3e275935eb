import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UploadTokenSchema } from "#contract/deposit.ts";
import { CreatedEstablishmentSchema, RotatedKeySchema } from "#contract/establishment.ts";
import { call } from "#tests/client/call.ts";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { expectUnchanged } from "#tests/client/expect-unchanged.ts";
import { mintRne } from "#tests/client/rne.ts";
import { callOn, createSchool, createWaitingSchool, parseView, type School } from "#tests/client/school.ts";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

async function createToken(school: School, key = school.key) {
  const answer = await callOn(school, "POST", "/upload-tokens", { key });
  expect(answer.status, answer.text).toBe(200);
  return UploadTokenSchema.parse(JSON.parse(answer.text));
}

const tusCreation = {
  headers: { "Tus-Resumable": "1.0.0", "Upload-Length": "10", "Upload-Metadata": "filename YS56aXA=" },
};

describe("a new key", () => {
  it("opens what the old one opened; the old one and its tokens are dead", async () => {
    const school = await createWaitingSchool(deployment);
    const { token } = await createToken(school);
    const answer = await callOn(school, "POST", "/key", { key: deployment.platformKey });
    expect(answer.status).toBe(200);
    const { key } = RotatedKeySchema.parse(JSON.parse(answer.text));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(key).not.toBe(school.key);
    expectProblem(await callOn(school, "GET"), 401, "unauthorized");
    expectProblem(await callOn(school, "GET", "/deposit", { key: token }), 401, "unauthorized");
    expectProblem(await callOn(school, "POST", "/upload-tokens", { key: token }), 401, "unauthorized");
    expect(parseView(await callOn(school, "GET", "", { key })).state).toBe("BCDIDBWAIT");
  });

  it("is the one that a repeated creation answers with", async () => {
    const { server, key: _old, path: _path, ...licence } = await createSchool(deployment);
    const options = { key: deployment.platformKey };
    const rotated = await call(server, "POST", `/establishments/${licence.rne}/key`, options);
    const again = await call(server, "POST", "/establishments", { ...options, json: licence });
    const { key } = RotatedKeySchema.parse(JSON.parse(rotated.text));
    expect(CreatedEstablishmentSchema.parse(JSON.parse(again.text)).key).toBe(key);
  });

  it("is made for the platform key only", async () => {
    const school = await createWaitingSchool(deployment);
    expectProblem(await callOn(school, "POST", "/key"), 401, "unauthorized");
    const unknown = `/establishments/${mintRne()}/key`;
    expectProblem(await call(deployment, "POST", unknown, { key: deployment.platformKey }), 404, "not_found");
    expectProblem(await call(deployment, "POST", unknown, { key: school.key }), 401, "unauthorized");
  });
});

describe("an upload token", () => {
  it("comes with its end and the address of the page, in the fragment", async () => {
    const school = await createWaitingSchool(deployment);
    const { token, expiresAt, embedUrl } = await createToken(school);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 60_000);
    expect(embedUrl).toBe(`${deployment.url}/embed/upload#rne=${school.rne}&token=${token}`);
    expect(token).not.toContain(school.key);
  });

  it("is renewed by a live one, and opens the deposit", async () => {
    const school = await createWaitingSchool(deployment);
    const { token: first } = await createToken(school);
    const { token: key } = await createToken(school, first);
    expect((await callOn(school, "GET", "/deposit", { key })).status).toBe(200);
    expect((await callOn(school, "POST", "/bases", { key, ...tusCreation })).status).toBe(201);
    const order = await callOn(school, "PUT", "/deposit", { key, json: { order: [] } });
    expectProblem(order, 422, "invalid_request");
    expectProblem(await callOn(school, "POST", "/deposit/complete", { key }), 409, "deposit_incomplete");
  });

  it("opens nothing else, and no other school", async () => {
    const school = await createWaitingSchool(deployment);
    const other = await createWaitingSchool(deployment);
    const { token: key } = await createToken(school);
    await expectUnchanged(school, async () => {
      for (const [method, suffix] of [
        ["GET", ""],
        ["PUT", ""],
        ["DELETE", ""],
        ["POST", "/retry"],
        ["POST", "/cancel-deletion"],
        ["POST", "/key"],
      ] as const)
        expectProblem(await callOn(school, method, suffix, { key }), 401, "unauthorized");
    });
    expectProblem(await call(deployment, "GET", "/establishments", { key }), 401, "unauthorized");
    for (const suffix of ["/deposit", "/bases/00000000-0000-4000-8000-000000000000"])
      for (const [method, headers] of [
        ["DELETE", tusCreation.headers],
        ["GET", {}],
      ] as const) {
        const answer = await callOn(other, method, suffix, { key, headers });
        expect([401, 405]).toContain(answer.status);
      }
    expectProblem(await callOn(other, "GET", "/deposit", { key }), 401, "unauthorized");
    expectProblem(await callOn(other, "POST", "/bases", { key, ...tusCreation }), 401, "unauthorized");
    expectProblem(await callOn(other, "POST", "/upload-tokens", { key }), 401, "unauthorized");
  });

  it("whose end was moved, or that was cut, opens nothing", async () => {
    const school = await createWaitingSchool(deployment);
    const { token } = await createToken(school);
    const [expiry = "", mac = ""] = token.split(".");
    const later = (Number.parseInt(expiry, 36) + 3_600_000).toString(36);
    for (const key of [
      `${later}.${mac}`,
      `${expiry}.`,
      `.${mac}`,
      mac,
      `${token}.${mac}`.slice(0, -1),
      ` ${token}x`,
    ])
      expectProblem(await callOn(school, "GET", "/deposit", { key }), 401, "unauthorized");
  });

  it("is not made with the platform key", async () => {
    const school = await createWaitingSchool(deployment);
    const refused = await callOn(school, "POST", "/upload-tokens", { key: deployment.platformKey });
    expectProblem(refused, 401, "unauthorized");
  });
});

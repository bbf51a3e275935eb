import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UploadTokenSchema } from "#contract/deposit.ts";
import { CreatedEstablishmentSchema, RotatedKeySchema } from "#contract/establishment.ts";
import { type Deployment, startDeployment } from "#e2e/deployment/deployment.ts";
import { call, expectProblem } from "./call.ts";
import {
  callOn,
  createSchool,
  createWaitingSchool,
  expectUnchanged,
  mintRne,
  parseView,
  readView,
  type School,
} from "./school.ts";

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

const GET = "GET, HEAD";
const ADDRESSES: readonly [string, string][] = [
  ["/establishments", `${GET}, POST`],
  ["/establishments/RNE", `${GET}, PUT, DELETE`],
  ["/establishments/RNE/cancel-deletion", "POST"],
  ["/establishments/RNE/retry", "POST"],
  ["/establishments/RNE/key", "POST"],
  ["/establishments/RNE/upload-tokens", "POST"],
  ["/establishments/RNE/deposit", `${GET}, PUT`],
  ["/establishments/RNE/deposit/complete", "POST"],
  ["/establishments/RNE/bases", "POST, OPTIONS"],
  ["/establishments/RNE/bases/00000000-0000-4000-8000-000000000000", "HEAD, PATCH, DELETE, OPTIONS"],
  ["/downloads/00000000-0000-4000-8000-000000000000/x/a.zip", GET],
];

describe("an address", () => {
  it.each(ADDRESSES)("%s refuses every method but %s", async (template, allow) => {
    const school = await createWaitingSchool(deployment);
    await expectUnchanged(school, async () => {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        if (allow.split(", ").includes(method)) continue;
        const options = { key: school.key, headers: { "Tus-Resumable": "1.0.0" } };
        const answer = await call(deployment, method, template.replace("RNE", school.rne), options);
        expectProblem(answer, 405, "method_not_allowed");
        expect(answer.headers.get("allow")).toBe(allow);
      }
    });
  });

  it.each([
    "",
    "/nothing",
    "/establishments/0350024L/nothing",
    "/establishments/0350024L/bases/nothing",
    "/establishments/0350024L/deposit/nothing/at/all",
    "/downloads/nothing",
    "/downloads/00000000-0000-4000-8000-000000000000/0/a.zip",
    "/establishments/%zz",
    "/establishments/0350024L/%E0%A4%A",
  ])("that does not exist is a problem, too: %s", async (path) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      const answer = await call(deployment, method, path, { key: deployment.platformKey });
      if (path.startsWith("/downloads/0000") && method !== "GET") continue;
      expectProblem(answer, 404, "not_found");
    }
  });

  it("tells what it is not asked for often: unknown methods are refused as the others", async () => {
    const answer = await call(deployment, "PROPFIND", "/establishments", { key: deployment.platformKey });
    expectProblem(answer, 405, "method_not_allowed");
  });
});

describe("whoever guesses", () => {
  it("is not listened to for a while, and others are", async () => {
    const school = await createWaitingSchool(deployment);
    const before = await readView(school);
    // As a proxy on this machine says it.
    const headers = { "X-Forwarded-For": "203.0.113.7" };
    const guess = () => callOn(school, "GET", "", { key: "0".repeat(64), headers });
    const refused = await Promise.all(Array.from({ length: 320 }, guess));
    expect(refused.every((answer) => answer.status === 401 || answer.status === 429)).toBe(true);
    const late = await guess();
    expect(expectProblem(late, 429, "too_many_requests").retryable).toBe(true);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await readView(school)).toEqual(before);
  });
});

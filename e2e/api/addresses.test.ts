import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Changes, ChangesSchema } from "#contract/establishment.ts";
import { STATE_CODES } from "#contract/states.ts";
import { type CallOptions, call } from "#tests/client/call.ts";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { expectUnchanged } from "#tests/client/expect-unchanged.ts";
import { callOn, createWaitingSchool, readView } from "#tests/client/school.ts";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

async function readFeed(query: string): Promise<Changes> {
  const answer = await call(deployment, "GET", `/establishments${query}`, { key: deployment.platformKey });
  expect(answer.status, answer.text).toBe(200);
  return ChangesSchema.parse(JSON.parse(answer.text));
}

describe("the feed of changes", () => {
  it("lists each establishment once, where it stands now, oldest change first, page by page", async () => {
    const { nextCursor: start } = await readFeed("?limit=1000");
    const schools = await Promise.all(Array.from({ length: 5 }, () => createWaitingSchool(deployment)));
    const [first, second] = schools;
    if (first) await callOn(first, "DELETE");
    const paged: Changes["items"] = [];
    let cursor = start;
    for (let page = await readFeed(`?changedSince=${cursor}&limit=2`); page.items.length > 0; ) {
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items);
      cursor = page.nextCursor;
      page = await readFeed(`?changedSince=${cursor}&limit=2`);
    }
    expect(paged.map((item) => item.rne).sort()).toEqual(schools.map((school) => school.rne).sort());
    expect(paged.at(-1)).toMatchObject({ rne: first?.rne, state: "BCDIDELETE", stateCode: "7" });
    const times = paged.map((item) => item.since);
    expect(times).toEqual([...times].sort());
    for (const item of paged) expect(item.stateCode).toBe(STATE_CODES[item.state]);
    expect(await readFeed(`?changedSince=${cursor}`)).toEqual({ items: [], nextCursor: cursor });
    if (second) await callOn(second, "DELETE");
    expect((await readFeed(`?changedSince=${cursor}`)).items.map((item) => item.rne)).toEqual([second?.rne]);
  });

  it("says what the views say", async () => {
    const school = await createWaitingSchool(deployment);
    const { rne, state, stateCode, since } = await readView(school);
    const item = (await readFeed("?limit=1000")).items.find((found) => found.rne === rne);
    expect(item).toEqual({ rne, state, stateCode, since });
  });

  it.each([
    "?changedSince=abc",
    "?changedSince=-1",
    "?changedSince=",
    "?changedSince=1%27%20OR%201",
    "?changedSince=99999999999999999999",
    "?limit=0",
    "?limit=1001",
    "?limit=-1",
    "?limit=1.5",
    "?limit=beaucoup",
    "?limit=",
    "?since=1",
  ])("refuses %s", async (query) => {
    const options = { key: deployment.platformKey };
    expectProblem(await call(deployment, "GET", `/establishments${query}`, options), 422, "invalid_request");
  });

  it("is for the platform key only", async () => {
    const school = await createWaitingSchool(deployment);
    const credentials: CallOptions[] = [{}, { key: school.key }, { key: "0".repeat(64) }];
    for (const credential of credentials)
      expectProblem(await call(deployment, "GET", "/establishments", credential), 401, "unauthorized");
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
    if (template.startsWith("/downloads")) return;
    const options = await call(deployment, "OPTIONS", template.replace("RNE", school.rne));
    expect(options.status).toBe(204);
    if (!template.includes("/bases")) expect(options.headers.get("allow")).toBe(`${allow}, OPTIONS`);
  });

  it.each([
    "",
    "/nothing",
    "/establishments/0350024L/nothing",
    "/establishments/0350024L/bases/nothing",
    "/establishments/0350024L/deposit/nothing/at/all",
    "/downloads/nothing",
    "/downloads/00000000-0000-4000-8000-000000000000/x/a.zip",
    "/establishments/%zz",
    "/establishments/0350024L/%E0%A4%A",
  ])("that does not exist is a problem, too: %s", async (path) => {
    for (const method of path.includes("/x/") ? ["GET"] : ["GET", "POST", "DELETE"]) {
      const answer = await call(deployment, method, path, { key: deployment.platformKey });
      expectProblem(answer, 404, "not_found");
    }
  });

  it("refuses a method of another protocol", async () => {
    const answer = await call(deployment, "PROPFIND", "/establishments", { key: deployment.platformKey });
    expectProblem(answer, 405, "method_not_allowed");
  });
});

describe("whoever guesses", () => {
  // As a proxy on this machine says it.
  const headers = { "X-Forwarded-For": "203.0.113.7" };

  it("is not listened to for a while, and whoever has the right key is, from the same address too", async () => {
    const school = await createWaitingSchool(deployment);
    const before = await readView(school);
    const guess = () => callOn(school, "GET", "", { key: "0".repeat(64), headers });
    const refused = await Promise.all(Array.from({ length: 320 }, guess));
    expect(refused.every((answer) => answer.status === 401 || answer.status === 429)).toBe(true);
    const late = await guess();
    expect(expectProblem(late, 429, "too_many_requests").retryable).toBe(true);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);

    expect((await callOn(school, "GET", "", { headers })).status).toBe(200);
    const token = await callOn(school, "POST", "/upload-tokens", { headers });
    expect(token.status, token.text).toBe(200);
    const { platformKey: key } = deployment;
    expect((await call(deployment, "GET", `/establishments/${school.rne}`, { key, headers })).status).toBe(
      200,
    );
    expect(await readView(school)).toEqual(before);
  });

  it("is told from the bookshop, whose refused creations are no guesses", async () => {
    const { platformKey: key } = deployment;
    const create = () => call(deployment, "POST", "/establishments", { key, json: {}, headers });
    for (const answer of await Promise.all(Array.from({ length: 310 }, create)))
      expectProblem(answer, 404, "invalid_request");
  });
});

describe("a body too large", () => {
  it("is refused before it is read, by the sign-in too", async () => {
    const body = Buffer.alloc(1024 ** 2, "a");
    const answer = await fetch(`${deployment.url}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new Uint8Array(body),
    });
    expect(answer.status).toBe(413);
    const event = await fetch(`${deployment.url}/api/cyber/events`, {
      method: "POST",
      body: new Uint8Array(body),
    });
    expect(event.status).toBe(413);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { CreatedEstablishmentSchema } from "#contract/establishment.ts";
import { type CallOptions, call } from "#tests/client/call.ts";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { mintRne } from "#tests/client/rne.ts";
import {
  callOn,
  createSchool,
  createWaitingSchool,
  mintLicence,
  parseView,
  readView,
  waitForState,
} from "#tests/client/school.ts";
import { gatedDeployment } from "#tests/deployment/shared.ts";
import { WRONG_BODIES, WRONG_FIELDS } from "./wrong-licences.ts";

const deployment = gatedDeployment();
afterEach(() => deployment.gates.openAll());

const create = (options: CallOptions) =>
  call(deployment, "POST", "/establishments", { key: deployment.platformKey, ...options });

describe("a creation", () => {
  it("answers with the view in START and a key of 256 bits", async () => {
    const licence = mintLicence();
    deployment.gates.close(licence.rne, "install");
    const answer = await create({ json: licence });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const created = CreatedEstablishmentSchema.parse(JSON.parse(answer.text));
    expect(created).toMatchObject({ ...licence, state: "START", stateCode: "1", actor: "hosting" });
    expect(created).toMatchObject({ nextStep: { state: "BCDIDBWAIT" }, bases: [], downloads: [] });
    expect(created.history.map((step) => step.state)).toEqual(["START"]);
    expect(created.key).toMatch(/^[0-9a-f]{64}$/);
    deployment.gates.open(licence.rne, "install");
    const school = {
      ...licence,
      server: deployment,
      key: created.key,
      path: `/establishments/${licence.rne}`,
    };
    const waiting = await waitForState(school, "BCDIDBWAIT");
    expect(waiting).toMatchObject({ stateCode: "2", actor: "establishment", nextStep: null });
  });

  it("said again with the same data gives the same key and changes nothing", async () => {
    const school = await createWaitingSchool(deployment);
    const before = await readView(school);
    const { rne, griffe, code, version } = school;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => create({ json: { rne, griffe, code, version } })),
    );
    for (const answer of answers)
      expect(CreatedEstablishmentSchema.parse(JSON.parse(answer.text))).toEqual({
        ...before,
        key: school.key,
      });
  });

  it("asked ten times at once makes one establishment with one key", async () => {
    const licence = mintLicence();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ json: licence })));
    const created = answers.map((answer) => CreatedEstablishmentSchema.parse(JSON.parse(answer.text)));
    expect(new Set(created.map((view) => view.key)).size).toBe(1);
    expect(created.at(-1)?.history.filter((step) => step.state === "START")).toHaveLength(1);
  });

  it("asked at once with different data is granted to one of them", async () => {
    const rne = mintRne();
    const answers = await Promise.all(
      ["UN", "DEUX", "TROIS", "QUATRE"].map((griffe) => create({ json: mintLicence({ rne, griffe }) })),
    );
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(refused).toHaveLength(3);
    for (const answer of refused) expectProblem(answer, 404, "already_exists");
  });

  it("trims and upper-cases the RNE", async () => {
    const licence = mintLicence();
    const answer = await create({ json: { ...licence, rne: ` ${licence.rne.toLowerCase()} ` } });
    expect(parseView(answer).rne).toBe(licence.rne);
  });

  it("takes a griffe of 100 characters, with accents and any sign", async () => {
    const griffe = `LYCÉE « Œuvre » <b>&amp;</b> ' OR 1=1 -- ${"é".repeat(100)}`.slice(0, 100);
    expect(parseView(await create({ json: mintLicence({ griffe }) })).griffe).toBe(griffe);
  });

  it("is refused when the RNE exists with other data, which stay", async () => {
    const school = await createWaitingSchool(deployment);
    const before = await readView(school);
    const { rne } = school;
    for (const other of [{ griffe: "AUTRE" }, { code: "ZZZZZZZZ" }, { version: "SP" as const }])
      expectProblem(await create({ json: mintLicence({ rne, ...other }) }), 404, "already_exists");
    expect(await readView(school)).toEqual(before);
  });
});

describe("a creation that is refused with 404", () => {
  it.each(WRONG_FIELDS)("names the field: %s", async (_case, wrong, field) => {
    const licence = { ...mintLicence(), ...wrong };
    const { errors = [] } = expectProblem(await create({ json: licence }), 404, "invalid_request");
    expect(errors.map((error) => error.field)).toEqual([field]);
  });

  it.each(WRONG_BODIES)("says what is wrong with the body: %s", async (_case, options) => {
    expectProblem(await create(options), 404, "invalid_request");
  });

  it("says unauthorized to any but the platform key, and creates nothing", async () => {
    const school = await createSchool(deployment);
    const licence = mintLicence();
    const { platformKey: key } = deployment;
    const credentials: CallOptions[] = [
      { key: school.key },
      { key: "0".repeat(64) },
      { key: `${key}0` },
      { key: key.slice(0, -1) },
      { headers: { Authorization: `Basic ${key}` } },
      { headers: { Authorization: key } },
      { headers: { Authorization: "" } },
    ];
    for (const credential of credentials)
      expectProblem(
        await call(deployment, "POST", "/establishments", { ...credential, json: licence }),
        404,
        "unauthorized",
      );
    expectProblem(
      await call(deployment, "POST", `/establishments?key=${key}`, { json: licence }),
      404,
      "unauthorized",
    );
    expectProblem(await call(deployment, "GET", `/establishments/${licence.rne}`, { key }), 404, "not_found");
  });
});

describe("a view", () => {
  it("is read with the platform key and with the establishment's own", async () => {
    const school = await createWaitingSchool(deployment);
    const own = await callOn(school, "GET");
    const platform = await callOn(school, "GET", "", { key: deployment.platformKey });
    expect(parseView(platform)).toEqual(parseView(own));
    expect(own.text).not.toContain(school.key);
    expect(Number(own.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("comes back as 304 without a body while it has not changed", async () => {
    const school = await createWaitingSchool(deployment);
    const tag = (await callOn(school, "GET")).headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[^"]+"$/);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await callOn(school, "GET", "", { headers: { "If-None-Match": known } });
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", tag]);
      expect(Number(again.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    await callOn(school, "DELETE");
    const changed = await callOn(school, "GET", "", { headers: { "If-None-Match": tag } });
    expect(parseView(changed).state).toBe("BCDIDELETE");
    expect(changed.headers.get("etag")).not.toBe(tag);
  });

  it("is asked for again soon while hosting works, and late while nobody does", async () => {
    const licence = mintLicence();
    deployment.gates.close(licence.rne, "install");
    const school = await createSchool(deployment, licence);
    expect(Number((await callOn(school, "GET")).headers.get("retry-after"))).toBeLessThanOrEqual(60);
    deployment.gates.open(licence.rne, "install");
    await waitForState(school, "BCDIDBWAIT");
    expect(Number((await callOn(school, "GET")).headers.get("retry-after"))).toBeGreaterThanOrEqual(600);
  });

  it("tells only the platform key that an RNE is unknown", async () => {
    const school = await createSchool(deployment);
    const unknown = `/establishments/${mintRne()}`;
    const { platformKey } = deployment;
    expectProblem(await call(deployment, "GET", unknown, { key: platformKey }), 404, "not_found");
    expectProblem(
      await call(deployment, "GET", "/establishments/nonsense", { key: platformKey }),
      404,
      "not_found",
    );
    for (const path of [unknown, school.path, "/establishments/nonsense"]) {
      for (const key of [(await createSchool(deployment)).key, "0".repeat(64)]) {
        const refused = await call(deployment, "GET", path, { key });
        expectProblem(refused, 401, "unauthorized");
        expect(refused.headers.get("www-authenticate")).toMatch(/^Bearer/);
      }
      expectProblem(await call(deployment, "GET", path), 401, "unauthorized");
      expectProblem(await call(deployment, "GET", `${path}?key=${school.key}`), 401, "unauthorized");
    }
  });
});

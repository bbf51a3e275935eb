import { describe, expect, test } from "vitest";
import { STATES } from "#contract/states.ts";
import { problem } from "#tests/cyber/fake-hosting.ts";
import { type CyberTest, useCyber, ZOLA } from "#tests/cyber/use-cyber.ts";
import { cancelDeletion } from "./cancel-deletion.ts";
import { changeContacts } from "./change-contacts.ts";
import { changeEstablishment } from "./change-establishment.ts";
import { createSubscription } from "./create-subscription.ts";
import { createUploadToken } from "./create-upload-token.ts";
import { findSubscription } from "./find-subscription.ts";
import { getJournal } from "./get-journal.ts";
import { listSchoolRnes } from "./list-school-rnes.ts";
import { requestDeletion } from "./request-deletion.ts";
import { retryStep } from "./retry-step.ts";

const { rne } = ZOLA;
const actor = "cdi@zola.test";
const STAFF = "staff@cyber.test";

async function useSchool(): Promise<CyberTest> {
  const school = await useCyber();
  await createSubscription(school.ctx, { actor: STAFF, fields: ZOLA });
  return school;
}

describe("creating a school", () => {
  test("keeps its key sealed, its contacts and who created it", async () => {
    const { ctx } = await useSchool();
    const row = await ctx.db.subscription.findUniqueOrThrow({ where: { rne } });
    expect(JSON.stringify(row)).not.toContain(`key-of-${rne}`);
    expect(await listSchoolRnes(ctx, "CDI@zola.test")).toEqual([rne]);
    expect((await getJournal(ctx, rne)).audit).toMatchObject([{ actor: STAFF, action: "create" }]);
  });

  test("asks the host nothing while a field is wrong, and says which", async () => {
    const { ctx, hosting } = await useCyber();
    const fields = { ...ZOLA, rne: "0350024A", code: "abc", contacts: "not-an-address" };
    const result = await createSubscription(ctx, { actor: STAFF, fields });
    if (result.ok) throw new Error("expected a refusal");
    expect(result.fieldErrors.map(({ field }) => field).sort()).toEqual(["code", "contacts", "rne"]);
    expect(hosting.requests).toEqual([]);
  });

  test("says the host's own refusal, field by field, and keeps nothing", async () => {
    const { ctx, hosting } = await useCyber();
    const errors = [{ field: "rne", detail: "Cet établissement existe déjà avec d’autres données." }];
    hosting.intercept = () => problem(404, "already_exists", { errors });
    const result = await createSubscription(ctx, { actor: STAFF, fields: ZOLA });
    expect(result).toMatchObject({ ok: false, fieldErrors: errors });
    expect(await ctx.db.subscription.count()).toBe(0);
  });

  test("a wrong address and a host that is away are told apart", async () => {
    const { ctx, hosting } = await useCyber();
    const messages: string[] = [];
    for (const status of [404, 503]) {
      hosting.intercept = () => ({ status, body: "" });
      const result = await createSubscription(ctx, { actor: STAFF, fields: ZOLA });
      messages.push(result.ok ? "" : result.message);
    }
    expect(messages[0]).toContain("HOSTING_URL");
    expect(messages[1]).toContain("ne répond pas");
  });

  test("pressed twice at the same time creates one", async () => {
    const { ctx } = await useCyber();
    const create = () => createSubscription(ctx, { actor: STAFF, fields: ZOLA });
    expect(await Promise.all([create(), create()])).toEqual([
      { ok: true, rne },
      { ok: true, rne },
    ]);
    expect(await ctx.db.auditEntry.count()).toBe(1);
    expect(await ctx.db.mail.count()).toBe(2);
  });
});

describe("changing", () => {
  test("sends what differs, shows from what to what until it is done, and is in the journal", async () => {
    const { ctx, hosting } = await useSchool();
    const changes = { griffe: ZOLA.griffe, code: "ZZZZZZZZ", version: "CL" };
    expect(await changeEstablishment(ctx, { rne, actor, changes })).toEqual({ ok: true });
    expect(hosting.requests.at(-1)).toMatchObject({ method: "PUT", body: { code: "ZZZZZZZZ" } });
    const { pendingChange } = (await findSubscription(ctx, rne)) ?? {};
    expect(pendingChange).toMatchObject({ from: { code: "ABCDEFGH" }, to: { code: "ZZZZZZZZ" } });
    const [entry] = (await getJournal(ctx, rne)).audit;
    expect(entry).toMatchObject({ actor, action: "change", detail: "Code\u202f: ABCDEFGH → ZZZZZZZZ" });
  });

  test("the same data again is not sent", async () => {
    const { ctx, hosting } = await useSchool();
    const asked = hosting.requests.length;
    const { griffe, code, version } = ZOLA;
    const result = await changeEstablishment(ctx, { rne, actor, changes: { griffe, code, version } });
    expect(result.ok).toBe(false);
    expect(hosting.requests.length).toBe(asked);
  });

  test("a refusal names its field and leaves no trace", async () => {
    const { ctx, hosting } = await useSchool();
    const errors = [{ field: "griffe", detail: "Cette griffe est inconnue de l’éditeur." }];
    hosting.intercept = (request) =>
      request.method === "PUT" ? problem(422, "invalid_request", { errors }) : null;
    const result = await changeEstablishment(ctx, { rne, actor, changes: { griffe: "INCONNUE" } });
    expect(result).toMatchObject({ ok: false, fieldErrors: errors });
    expect((await getJournal(ctx, rne)).audit).toHaveLength(1);
  });
});

describe("a second press", () => {
  test("a deletion that is already called off is a success, one that cannot be is a refusal", async () => {
    const { ctx, hosting } = await useSchool();
    hosting.reach(rne, "BCDIREADY");
    expect(await requestDeletion(ctx, { rne, actor })).toEqual({ ok: true });
    expect(await cancelDeletion(ctx, { rne, actor })).toEqual({ ok: true });
    hosting.intercept = (request) => (request.method === "POST" ? problem(409, "state_conflict") : null);
    expect(await cancelDeletion(ctx, { rne, actor })).toEqual({ ok: true });
    hosting.reach(rne, "BCDIDELETE");
    expect(await cancelDeletion(ctx, { rne, actor })).toMatchObject({ ok: false });
  });

  test("a retry that is under way already is a success", async () => {
    const { ctx, hosting } = await useSchool();
    hosting.reach(rne, "STARTERROR");
    hosting.intercept = (request) => (request.method === "POST" ? problem(409, "state_conflict") : null);
    expect(await retryStep(ctx, { rne, actor })).toMatchObject({ ok: false });
    hosting.reach(rne, "START");
    expect(await retryStep(ctx, { rne, actor })).toEqual({ ok: true });
  });
});

test("the deposit's address carries the upload token and this side's origin, never the key", async () => {
  const { ctx, hosting } = await useSchool();
  const opened = await createUploadToken(ctx, rne);
  if (!opened.ok) throw new Error("expected an address");
  const address = new URL(opened.embedUrl);
  expect(address.origin).toBe(hosting.url);
  expect(Object.fromEntries(new URLSearchParams(address.hash.slice(1)))).toEqual({
    rne,
    token: "upload-token",
    parent: "http://cyber.test",
  });
});

test("contacts are replaced: who is left out no longer signs in", async () => {
  const { ctx } = await useSchool();
  expect(await changeContacts(ctx, { rne, actor: STAFF, contacts: "new@zola.test" })).toEqual({ ok: true });
  expect(await listSchoolRnes(ctx, "cdi@zola.test")).toEqual([]);
  expect(await listSchoolRnes(ctx, "new@zola.test")).toEqual([rne]);
  expect(await changeContacts(ctx, { rne, actor: STAFF, contacts: " " })).toMatchObject({ ok: false });
});

test.each(STATES)("the view of a school in %s is found as it was read", async (state) => {
  const { ctx, hosting } = await useSchool();
  hosting.reach(rne, state);
  await cancelDeletion(ctx, { rne, actor });
  expect((await findSubscription(ctx, rne))?.view).toEqual(hosting.views.get(rne));
});

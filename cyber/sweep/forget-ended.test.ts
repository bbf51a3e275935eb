import { expect, test } from "vitest";
import { createSubscription } from "#cyber/establishment/create-subscription.ts";
import { type CyberTest, useCyber, ZOLA } from "#tests/cyber/use-cyber.ts";
import { forgetEnded } from "./forget-ended.ts";

const { rne } = ZOLA;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A school whose hosting ended now, with one archive to download for ten days. */
async function useEndedSchool(): Promise<CyberTest> {
  const school = await useCyber();
  await createSubscription(school.ctx, { actor: "staff@localhost", fields: ZOLA });
  const row = await school.ctx.db.subscription.findUniqueOrThrow({ where: { rne } });
  const expiresAt = new Date(school.clock.now().getTime() + 10 * DAY_MS).toISOString();
  const download = {
    fileName: "data.zip",
    size: 1,
    sha256: "0".repeat(64),
    url: "http://host.test/x",
    expiresAt,
  };
  const view = { ...Object(row.view), state: "BCDIDELETED", stateCode: "8", downloads: [download] };
  await school.ctx.db.subscription.update({
    where: { rne },
    data: { state: "BCDIDELETED", since: school.clock.now(), view },
  });
  return school;
}

const countPeople = async ({ ctx }: CyberTest) => ({
  contacts: await ctx.db.contact.count({ where: { rne } }),
  mails: await ctx.db.mail.count({ where: { subjectKey: rne } }),
});

test("people are kept while there is something to download, and forgotten afterwards, with their e-mails", async () => {
  const school = await useEndedSchool();
  const before = await countPeople(school);
  const viewOf = async () => (await school.ctx.db.subscription.findUniqueOrThrow({ where: { rne } })).view;
  expect(await viewOf()).toMatchObject({ downloads: [{ fileName: "data.zip" }] });
  expect(before.contacts).toBe(2);
  expect(before.mails).toBeGreaterThan(0);
  school.clock.advance(9 * DAY_MS);
  expect(await forgetEnded(school.ctx)).toBe(0);
  expect(await countPeople(school)).toEqual(before);
  school.clock.advance(2 * DAY_MS);
  expect(await forgetEnded(school.ctx)).toBe(1);
  expect(await countPeople(school)).toEqual({ contacts: 0, mails: 0 });
  expect(await viewOf()).toMatchObject({ state: "BCDIDELETED", bases: [], downloads: [] });
  expect(await school.ctx.db.step.count({ where: { rne } })).toBeGreaterThan(0);
  expect(await forgetEnded(school.ctx)).toBe(0);
});

test("a school that is hosted is never forgotten", async () => {
  const school = await useCyber();
  await createSubscription(school.ctx, { actor: "staff@localhost", fields: ZOLA });
  school.clock.advance(1000 * DAY_MS);
  expect(await forgetEnded(school.ctx)).toBe(0);
});

import { describe, expect, test } from "vitest";
import { createSubscription } from "#cyber/establishment/create-subscription.ts";
import { type CyberTest, useCyber, ZOLA } from "#tests/cyber/use-cyber.ts";
import { sweep } from "./sweep.ts";

const ORMEAUX = { ...ZOLA, rne: "0350025M", name: "Collège des Ormeaux" };

async function useTwoSchools(): Promise<CyberTest> {
  const cyber = await useCyber();
  for (const fields of [ZOLA, ORMEAUX]) {
    expect(await createSubscription(cyber.ctx, { actor: "staff@cyber.test", fields })).toMatchObject({
      ok: true,
    });
  }
  cyber.jobs.length = 0;
  cyber.hosting.requests.length = 0;
  return cyber;
}

function readsOf({ jobs }: CyberTest): object[] {
  return jobs.filter((job) => job.name === "cyber.read-establishment").map((job) => job.payload);
}

describe("with a changes feed", () => {
  test("only the schools that changed are read, and the cursor goes on from there", async () => {
    const cyber = await useTwoSchools();
    cyber.hosting.reach(ORMEAUX.rne, "BCDIDBWAIT");
    await sweep(cyber.ctx);
    expect(readsOf(cyber)).toEqual([{ rne: ORMEAUX.rne }]);
    expect(await cyber.ctx.db.feedCursor.findMany()).toMatchObject([{ id: "changes", cursor: "2" }]);
    await sweep(cyber.ctx);
    expect(readsOf(cyber)).toHaveLength(1);
    expect(cyber.hosting.requests.every((request) => request.path.startsWith("/establishments?"))).toBe(true);
  });

  test("a school that is not ours costs nothing", async () => {
    const cyber = await useTwoSchools();
    cyber.hosting.reach("0350026N", "BCDIREADY");
    await sweep(cyber.ctx);
    expect(readsOf(cyber)).toEqual([]);
  });

  test("a host that is away fails the sweep, which is tried again; nothing is skipped", async () => {
    const cyber = await useTwoSchools();
    cyber.hosting.reach(ZOLA.rne, "BCDIDBWAIT");
    cyber.hosting.intercept = () => ({ status: 503, body: "" });
    await expect(sweep(cyber.ctx)).rejects.toThrow();
    cyber.hosting.intercept = null;
    await sweep(cyber.ctx);
    expect(readsOf(cyber)).toEqual([{ rne: ZOLA.rne }]);
  });
});

test("without a feed every school is read, but not those that are over", async () => {
  const cyber = await useTwoSchools();
  await cyber.ctx.db.subscription.update({ where: { rne: ZOLA.rne }, data: { state: "BCDIDELETED" } });
  cyber.hosting.intercept = (request) =>
    request.path.startsWith("/establishments?") ? { status: 405, body: "" } : null;
  await sweep(cyber.ctx);
  expect(readsOf(cyber)).toEqual([{ rne: ORMEAUX.rne }]);
});

test("a planned read that never came is asked for again", async () => {
  const cyber = await useTwoSchools();
  await sweep(cyber.ctx);
  cyber.clock.advance(24 * 60 * 60 * 1000);
  await sweep(cyber.ctx);
  expect(readsOf(cyber)).toEqual(expect.arrayContaining([{ rne: ZOLA.rne }, { rne: ORMEAUX.rne }]));
});

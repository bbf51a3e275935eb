import { describe, expect, test } from "vitest";
import { STATES } from "#contract/states.ts";
import { readEstablishment } from "#cyber/jobs/read-establishment.ts";
import { renderStepMail } from "#cyber/notification/step-mail-template.tsx";
import { unseal } from "#platform/crypto.ts";
import { MAIL_PURPOSE } from "#platform/mail/outbox.ts";
import { type CyberTest, useCyber, ZOLA } from "#tests/cyber/use-cyber.ts";
import { createSubscription } from "./create-subscription.ts";
import { findSubscription } from "./find-subscription.ts";
import { synchronise } from "./synchronise.ts";

const { rne } = ZOLA;

async function useSchool(): Promise<CyberTest> {
  const school = await useCyber();
  const result = await createSubscription(school.ctx, { actor: "staff@cyber.test", fields: ZOLA });
  expect(result).toEqual({ ok: true, rne });
  return school;
}

function countMails({ ctx }: CyberTest): Promise<number> {
  return ctx.db.mail.count();
}

describe("one e-mail per step and contact", () => {
  test("creating tells both contacts once, and creating again tells nobody", async () => {
    const school = await useSchool();
    expect(await countMails(school)).toBe(2);
    await createSubscription(school.ctx, { actor: "staff@cyber.test", fields: ZOLA });
    expect(await countMails(school)).toBe(2);
  });

  test("ten readers at the same time tell of a step once", async () => {
    const school = await useSchool();
    school.hosting.reach(rne, "BCDIDBWAIT");
    await Promise.all(Array.from({ length: 10 }, () => synchronise(school.ctx, rne, "page")));
    expect(await countMails(school)).toBe(4);
    expect(await school.ctx.db.step.count({ where: { rne } })).toBe(2);
  });

  test("steps that went by unseen are told of too, each once", async () => {
    const school = await useSchool();
    for (const state of ["BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIREADY"] as const) {
      school.hosting.reach(rne, state);
    }
    await synchronise(school.ctx, rne, "sweep");
    await synchronise(school.ctx, rne, "sweep");
    expect(await countMails(school)).toBe(10);
  });

  test("coming back to a state later is a new step", async () => {
    const school = await useSchool();
    for (const state of ["BCDIREADY", "BCDIALTER", "BCDIREADY"] as const) {
      school.hosting.reach(rne, state);
      await synchronise(school.ctx, rne, "page");
    }
    expect(await countMails(school)).toBe(8);
    const subjects = await renderedSubjects(school);
    expect(subjects.at(-1)).toContain("votre modification est effective");
  });

  test.each(STATES)("the state %s has its own e-mail, with one link and no credential", async (state) => {
    const school = await useSchool();
    school.hosting.reach(rne, state);
    await synchronise(school.ctx, rne, "page");
    for (const mail of await renderMails(school)) {
      expect(mail.subject).toMatch(/^\[0350024L\] Lycée Émile Zola — /);
      const links = mail.html.match(/href="[^"]+"/g) ?? [];
      expect(links).toEqual([`href="http://cyber.test/etablissements/${rne}"`]);
      expect(mail.text).toContain(`http://cyber.test/etablissements/${rne}`);
      expect(mail.html + mail.text).not.toContain(`key-of-${rne}`);
    }
  });
});

describe("what is kept", () => {
  test("an unchanged view writes no step and no e-mail", async () => {
    const school = await useSchool();
    await synchronise(school.ctx, rne, "page");
    const mails = await countMails(school);
    expect(await synchronise(school.ctx, rne, "page")).toBe("unchanged");
    expect(await countMails(school)).toBe(mails);
  });

  test("an older answer that arrives late never overwrites a newer one", async () => {
    const school = await useSchool();
    const older = school.hosting.reach(rne, "BCDIDBWAIT");
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let isFirst = true;
    school.hosting.intercept = async () => {
      if (!isFirst) return null;
      isFirst = false;
      await released;
      return { status: 200, body: older };
    };
    const late = synchronise(school.ctx, rne, "page");
    await expect.poll(() => isFirst).toBe(false);
    school.clock.advance(1_000);
    school.hosting.reach(rne, "BCDIDBUPLOADED");
    expect(await synchronise(school.ctx, rne, "page")).toBe("applied");
    release();
    expect(await late).toBe("superseded");
    expect((await findSubscription(school.ctx, rne))?.view?.state).toBe("BCDIDBUPLOADED");
  });

  test("a host that went back in time (restored) is believed again", async () => {
    const school = await useSchool();
    const before = school.hosting.reach(rne, "BCDIDBWAIT");
    school.hosting.reach(rne, "BCDIDBUPLOADED");
    await synchronise(school.ctx, rne, "page");
    school.hosting.views.set(rne, before);
    school.clock.advance(60_000);
    expect(await synchronise(school.ctx, rne, "sweep")).toBe("applied");
    expect((await findSubscription(school.ctx, rne))?.view?.state).toBe("BCDIDBWAIT");
  });

  test("a silent host keeps the last view and says since when, then is read again", async () => {
    const school = await useSchool();
    school.hosting.intercept = () => ({ status: 503, body: "" });
    const silentSince = school.clock.now();
    expect(await synchronise(school.ctx, rne, "page")).toBe("unavailable");
    school.clock.advance(60_000);
    await synchronise(school.ctx, rne, "page");
    const silent = await findSubscription(school.ctx, rne);
    expect(silent).toMatchObject({ view: { state: "START" }, unavailableSince: silentSince });
    school.hosting.intercept = null;
    school.hosting.reach(rne, "BCDIDBWAIT");
    await synchronise(school.ctx, rne, "planned");
    expect(await findSubscription(school.ctx, rne)).toMatchObject({
      view: { state: "BCDIDBWAIT" },
      unavailableSince: null,
      lastError: null,
    });
  });
});

describe("the next read", () => {
  test("is planned at the announced time, and open pages leave no job behind", async () => {
    const school = await useSchool();
    const estimatedAt = new Date(school.clock.now().getTime() + 600_000).toISOString();
    school.hosting.reach(rne, "BCDIDBUPLOADED", {
      nextStep: { state: "BCDIDBUPLOADEDRIGHT", estimatedAt, latestAt: estimatedAt },
    });
    school.jobs.length = 0;
    for (let reading = 0; reading < 20; reading += 1) {
      await synchronise(school.ctx, rne, "page");
      school.clock.advance(4_000);
    }
    const planned = school.jobs.filter((job) => job.name === "cyber.read-establishment");
    expect(planned).toEqual([
      {
        name: "cyber.read-establishment",
        payload: { rne, dueAt: estimatedAt },
        startAfter: new Date(estimatedAt),
      },
    ]);
  });

  test("a read that was moved to an earlier time is left to its successor", async () => {
    const school = await useSchool();
    const asked = school.hosting.requests.length;
    await readEstablishment(school.ctx, { rne, dueAt: "2030-01-01T00:00:00.000Z" });
    expect(school.hosting.requests.length).toBe(asked);
    const row = await school.ctx.db.subscription.findUniqueOrThrow({ where: { rne } });
    await readEstablishment(school.ctx, { rne, dueAt: row.nextReadAt?.toISOString() });
    expect(school.hosting.requests.length).toBe(asked + 1);
  });

  test("backs off from a silent host, up to a quarter of an hour", async () => {
    const school = await useSchool();
    school.hosting.intercept = () => ({ status: 500, body: "" });
    const delays: number[] = [];
    for (let reading = 0; reading < 12; reading += 1) {
      await synchronise(school.ctx, rne, "planned");
      const row = await school.ctx.db.subscription.findUniqueOrThrow({ where: { rne } });
      const delayMs = (row.nextReadAt?.getTime() ?? 0) - school.clock.now().getTime();
      delays.push(delayMs);
      school.clock.advance(delayMs);
    }
    expect(delays[0]).toBe(5_000);
    expect(delays.at(-1)).toBe(900_000);
    expect(delays).toEqual([...delays].sort((left, right) => left - right));
  });
});

async function renderMails({ ctx }: CyberTest) {
  const mails = await ctx.db.mail.findMany({ orderBy: { createdAt: "asc" } });
  const sealed = mails.flatMap((mail) => (mail.sealedProps === null ? [] : [mail.sealedProps]));
  return Promise.all(
    sealed.map((text) => renderStepMail(JSON.parse(unseal(ctx.secretKey, MAIL_PURPOSE, text)))),
  );
}

async function renderedSubjects(school: CyberTest): Promise<string[]> {
  return (await renderMails(school)).map((mail) => mail.subject);
}

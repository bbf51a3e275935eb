import { describe, expect, test } from "vitest";
import { SCHOOL, STAFF, useAccounts } from "#tests/accounts/use-accounts.ts";
import { authorizeSignIn } from "./authorize.ts";
import { requestSignIn } from "./request-sign-in.ts";

const MINUTE_MS = 60_000;

async function useSignIn(email = SCHOOL) {
  const accounts = await useAccounts();
  await requestSignIn(accounts.ctx, email);
  const [signIn] = await accounts.listSignIns();
  if (!signIn) throw new Error("no e-mail was written");
  const wrongCode = signIn.code === "000000" ? "000001" : "000000";
  return { ...accounts, signIn, wrongCode };
}

describe("asking", () => {
  test("an address that opens nothing gets nothing, and leaves no trace", async () => {
    const { ctx, listSignIns } = await useAccounts();
    await requestSignIn(ctx, "nobody@elsewhere.test");
    expect(await listSignIns()).toEqual([]);
    expect(await ctx.db.signInRequest.count()).toBe(0);
  });

  test("the address is known whatever its capitals", async () => {
    const { signIn } = await useSignIn("  CDI@Zola.test ");
    expect(signIn.recipient).toBe(SCHOOL);
  });

  test("five in a quarter of an hour, then again later", async () => {
    const { ctx, advance, listSignIns } = await useAccounts();
    for (let asked = 0; asked < 8; asked += 1) await requestSignIn(ctx, SCHOOL);
    expect(await listSignIns()).toHaveLength(5);
    advance(16 * MINUTE_MS);
    await requestSignIn(ctx, SCHOOL);
    expect(await listSignIns()).toHaveLength(6);
  });

  test("the database holds neither the token nor the code, and the link keeps its token in the fragment", async () => {
    const { ctx, signIn } = await useSignIn();
    const rows = JSON.stringify([await ctx.db.signInRequest.findMany(), await ctx.db.mail.findMany()]);
    expect(rows).not.toContain(signIn.token);
    expect(rows).not.toContain(`"${signIn.code}"`);
    expect(signIn.url.split("#")[0]).toBe("http://cyber.test/connexion/confirmer");
  });
});

describe("the link", () => {
  test("signs in once", async () => {
    const { ctx, signIn } = await useSignIn();
    expect(await authorizeSignIn(ctx, { token: signIn.token })).toBe(SCHOOL);
    expect(await authorizeSignIn(ctx, { token: signIn.token })).toBeNull();
  });

  test("signs in once among twenty at the same time", async () => {
    const { ctx, signIn } = await useSignIn();
    const tries = Array.from({ length: 20 }, () => authorizeSignIn(ctx, { token: signIn.token }));
    expect((await Promise.all(tries)).filter((email) => email !== null)).toEqual([SCHOOL]);
  });

  test("ends after fifteen minutes", async () => {
    const { ctx, advance, signIn } = await useSignIn();
    advance(15 * MINUTE_MS);
    expect(await authorizeSignIn(ctx, { token: signIn.token })).toBeNull();
  });

  test("opens nothing to someone who has lost every role since", async () => {
    const { ctx, rnes, signIn } = await useSignIn();
    rnes.length = 0;
    expect(await authorizeSignIn(ctx, { token: signIn.token })).toBeNull();
  });
});

describe("the code", () => {
  test("signs in once, typed with a space, and uses the link up", async () => {
    const { ctx, signIn } = await useSignIn();
    const code = `${signIn.code.slice(0, 3)} ${signIn.code.slice(3)}`;
    expect(await authorizeSignIn(ctx, { email: SCHOOL, code })).toBe(SCHOOL);
    expect(await authorizeSignIn(ctx, { email: SCHOOL, code })).toBeNull();
    expect(await authorizeSignIn(ctx, { token: signIn.token })).toBeNull();
  });

  test("does not open another address", async () => {
    const { ctx, signIn } = await useSignIn();
    expect(await authorizeSignIn(ctx, { email: STAFF, code: signIn.code })).toBeNull();
  });

  test("is dead after five wrong ones; the link still opens", async () => {
    const { ctx, signIn, wrongCode } = await useSignIn();
    for (let tried = 0; tried < 5; tried += 1) {
      expect(await authorizeSignIn(ctx, { email: SCHOOL, code: wrongCode })).toBeNull();
    }
    expect(await authorizeSignIn(ctx, { email: SCHOOL, code: signIn.code })).toBeNull();
    expect(await authorizeSignIn(ctx, { token: signIn.token })).toBe(SCHOOL);
  });

  test("is compared five times at most, however many come at once", async () => {
    const { ctx, signIn, wrongCode } = await useSignIn();
    const tries = Array.from({ length: 30 }, () => authorizeSignIn(ctx, { email: SCHOOL, code: wrongCode }));
    await Promise.all(tries);
    const [row] = await ctx.db.signInRequest.findMany();
    expect(row?.failures).toBe(5);
    expect(await authorizeSignIn(ctx, { email: SCHOOL, code: signIn.code })).toBeNull();
  });

  test("may be any of the e-mails that are still open", async () => {
    const { ctx, signIn } = await useSignIn();
    await requestSignIn(ctx, SCHOOL);
    expect(await authorizeSignIn(ctx, { email: SCHOOL, code: signIn.code })).toBe(SCHOOL);
  });
});

test("what is neither a token nor a code opens nothing", async () => {
  const { ctx } = await useSignIn();
  for (const posted of [undefined, {}, { token: "" }, { email: SCHOOL, code: "12345" }, { email: SCHOOL }]) {
    expect(await authorizeSignIn(ctx, posted)).toBeNull();
  }
});

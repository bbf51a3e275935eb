import { onTestFinished } from "vitest";
import type { AccountsContext } from "#accounts/context.ts";
import { createAccountsContext } from "#accounts/context.ts";
import { SIGN_IN_TEMPLATE, type SignInMail, SignInMailSchema } from "#accounts/mail/sign-in-mail.ts";
import { unseal } from "#platform/crypto.ts";
import { openDatabase } from "#platform/database/client.ts";
import { createLogger } from "#platform/log.ts";
import { MAIL_PURPOSE } from "#platform/mail/outbox.ts";
import { useTestDatabase } from "#tests/database/test-database.ts";

export const STAFF = "staff@cyber.test";
export const OPERATOR = "operator@hosting.test";
export const SCHOOL = "cdi@zola.test";

export interface AccountsTest {
  readonly ctx: AccountsContext;
  readonly advance: (ms: number) => void;
  /** The schools of SCHOOL: what the other side would answer. */
  readonly rnes: string[];
  /** What the e-mails sent so far open the door with, oldest first. */
  readonly listSignIns: () => Promise<(SignInMail & { token: string; recipient: string })[]>;
}

export async function useAccounts(): Promise<AccountsTest> {
  const database = openDatabase(await useTestDatabase());
  onTestFinished(() => database.$disconnect());
  let nowMs = Date.parse("2026-11-23T12:00:00.000Z");
  const rnes = ["0350024L"];
  const environment = {
    SECRET_KEY: "secret-key-of-the-tests-0123456789ab",
    PUBLIC_URL: "http://cyber.test",
    STAFF_EMAILS: [STAFF],
    OPERATOR_EMAILS: [OPERATOR],
  };
  const ctx = createAccountsContext({
    ...{ database, environment, log: createLogger("silent", "test") },
    queue: { enqueue: async () => {} },
    clock: { now: () => new Date(nowMs) },
    listSchoolRnes: async (email) => (email === SCHOOL ? [...rnes] : []),
  });
  return {
    ...{ ctx, rnes },
    advance: (ms) => {
      nowMs += ms;
    },
    listSignIns: async () => {
      const mails = await database.mail.findMany({
        where: { template: SIGN_IN_TEMPLATE },
        orderBy: { createdAt: "asc" },
      });
      return mails.map((mail) => {
        const text = unseal(ctx.secretKey, MAIL_PURPOSE, mail.sealedProps ?? "");
        const props = SignInMailSchema.parse(JSON.parse(text));
        const token = new URLSearchParams(new URL(props.url).hash.slice(1)).get("token") ?? "";
        return { ...props, token, recipient: mail.recipient };
      });
    },
  };
}

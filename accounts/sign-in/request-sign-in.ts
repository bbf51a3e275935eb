import { randomUUID } from "node:crypto";
import type { AccountsContext } from "#accounts/context.ts";
import { findIdentity, normaliseEmail } from "#accounts/identity.ts";
import { SIGN_IN_TEMPLATE, type SignInMail } from "#accounts/mail/sign-in-mail.ts";
import { enqueueMail } from "#platform/mail/outbox.ts";
import { codeDigest, createCode, createToken, SIGN_IN_LIFETIME_MS, tokenDigest } from "./digests.ts";

const MAX_REQUESTS = 5;

/**
 * Sends a sign-in by e-mail when the address opens something here; says nothing of whether it does. At most five
 * in fifteen minutes for one address.
 */
export async function requestSignIn(ctx: AccountsContext, address: string): Promise<void> {
  const email = normaliseEmail(address);
  const identity = await findIdentity(ctx, email);
  if (!identity) return;
  const now = ctx.clock.now();
  await ctx.db.$transaction(async (transaction) => {
    const recent = await transaction.signInRequest.count({
      where: { email, createdAt: { gt: new Date(now.getTime() - SIGN_IN_LIFETIME_MS) } },
    });
    if (recent >= MAX_REQUESTS) {
      ctx.log.warn({ recent }, "too many sign-ins were asked for one address");
      return;
    }
    const id = randomUUID();
    const token = createToken();
    const code = createCode();
    const expiresAt = new Date(now.getTime() + SIGN_IN_LIFETIME_MS);
    await transaction.signInRequest.create({
      data: {
        ...{ id, email, createdAt: now, expiresAt },
        tokenDigest: tokenDigest(ctx.secretKey, token),
        codeDigest: codeDigest(ctx.secretKey, id, code),
      },
    });
    const props: SignInMail = {
      code,
      // In the fragment, which reaches no server and no log.
      url: `${ctx.publicUrl}/connexion/confirmer#token=${token}`,
      expiresAt: expiresAt.toISOString(),
    };
    await enqueueMail(transaction, ctx.queue, ctx.secretKey, {
      dedupeKey: `sign-in:${id}`,
      subjectKey: "accounts",
      template: SIGN_IN_TEMPLATE,
      props,
      recipient: email,
    });
  });
}

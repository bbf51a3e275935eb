import type { AccountsContext } from "#accounts/context.ts";
import { normaliseEmail } from "#accounts/identity.ts";
import { equalInConstantTime } from "#platform/crypto.ts";
import { codeDigest, MAX_CODE_TRIES } from "./digests.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Wrong codes for one address in a day, over all its requests: beyond, only the link opens. */
const MAX_FAILURES_A_DAY = 30;

/**
 * Uses up a sign-in by the code that was typed. Each try is counted before it is compared, on every sign-in of the
 * address that is still open: tries sent at the same time cannot pass the limit.
 */
export async function consumeCode(
  ctx: Pick<AccountsContext, "db" | "clock" | "secretKey">,
  { email: address, code }: { email: string; code: string },
): Promise<string | null> {
  const email = normaliseEmail(address);
  const now = ctx.clock.now();
  const { _sum } = await ctx.db.signInRequest.aggregate({
    where: { email, createdAt: { gt: new Date(now.getTime() - DAY_MS) }, usedAt: null },
    _sum: { failures: true },
  });
  if ((_sum.failures ?? 0) >= MAX_FAILURES_A_DAY) return null;
  const open = await ctx.db.signInRequest.updateManyAndReturn({
    where: { email, usedAt: null, expiresAt: { gt: now }, failures: { lt: MAX_CODE_TRIES } },
    data: { failures: { increment: 1 } },
    select: { id: true, codeDigest: true },
  });
  const match = open.find((request) =>
    equalInConstantTime(request.codeDigest, codeDigest(ctx.secretKey, request.id, code)),
  );
  if (!match) return null;
  const { count } = await ctx.db.signInRequest.updateMany({
    where: { id: match.id, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1 ? email : null;
}

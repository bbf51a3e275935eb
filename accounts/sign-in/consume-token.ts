import type { AccountsContext } from "#accounts/context.ts";
import { tokenDigest } from "./digests.ts";

/** Uses up a sign-in by its link's token. The address it was for; null when it opens nothing (any more). */
export async function consumeToken(
  ctx: Pick<AccountsContext, "db" | "clock" | "secretKey">,
  token: string,
): Promise<string | null> {
  const now = ctx.clock.now();
  const [used] = await ctx.db.signInRequest.updateManyAndReturn({
    where: { tokenDigest: tokenDigest(ctx.secretKey, token), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { email: true },
  });
  return used?.email ?? null;
}

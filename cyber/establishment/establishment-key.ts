import type { CyberContext } from "#cyber/context.ts";
import { seal, unseal } from "#platform/crypto.ts";

const KEY_PURPOSE = "establishment-key";

export function sealKey(ctx: Pick<CyberContext, "secretKey">, key: string): string {
  return seal(ctx.secretKey, KEY_PURPOSE, key);
}

/** The establishment and its key, opened for one call to the host. */
export async function getKeyed(ctx: CyberContext, rne: string): Promise<{ rne: string; key: string }> {
  const { sealedKey } = await ctx.db.subscription.findUniqueOrThrow({
    where: { rne },
    select: { sealedKey: true },
  });
  if (sealedKey === null) throw new Error(`no key is kept for ${rne}`);
  return { rne, key: unseal(ctx.secretKey, KEY_PURPOSE, sealedKey) };
}

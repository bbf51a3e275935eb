import { z } from "zod";
import type { AccountsContext } from "#accounts/context.ts";
import { findIdentity } from "#accounts/identity.ts";
import { consumeCode } from "./consume-code.ts";
import { consumeToken } from "./consume-token.ts";

const CredentialsSchema = z.union([
  z.object({ token: z.string().min(20).max(200) }),
  z.object({
    email: z.string().trim().min(3).max(254),
    code: z
      .string()
      .transform((typed) => typed.replace(/\s/g, ""))
      .pipe(z.string().regex(/^\d{6}$/)),
  }),
]);

/** Turns what the browser posted into the address it signs in; null when it opens nothing. */
export async function authorizeSignIn(ctx: AccountsContext, posted: unknown): Promise<string | null> {
  const credentials = CredentialsSchema.safeParse(posted);
  if (!credentials.success) return null;
  const email =
    "token" in credentials.data
      ? await consumeToken(ctx, credentials.data.token)
      : await consumeCode(ctx, credentials.data);
  const identity = email === null ? null : await findIdentity(ctx, email);
  return identity?.email ?? null;
}

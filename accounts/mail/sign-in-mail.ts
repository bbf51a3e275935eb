import { z } from "zod";

export const SIGN_IN_TEMPLATE = "accounts.sign-in";

export const SignInMailSchema = z.object({
  code: z.string(),
  url: z.url(),
  expiresAt: z.iso.datetime(),
});
export type SignInMail = z.infer<typeof SignInMailSchema>;

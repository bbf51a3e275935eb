import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { AccountsContext } from "./context.ts";
import { authorizeSignIn } from "./sign-in/authorize.ts";

const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** next-auth's options: an e-mail address in a signed and encrypted cookie, and nothing else. */
export function createAuthOptions(ctx: AccountsContext): AuthOptions {
  return {
    secret: ctx.secretKey,
    useSecureCookies: ctx.publicUrl.startsWith("https://"),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/connexion", signOut: "/connexion", error: "/connexion" },
    providers: [
      CredentialsProvider({
        name: "e-mail",
        credentials: {},
        authorize: async (_credentials, request) => {
          const email = await authorizeSignIn(ctx, request.body);
          return email === null ? null : { id: email, email };
        },
      }),
    ],
    callbacks: {
      redirect: ({ url }) => {
        const target = new URL(url, ctx.publicUrl);
        return target.origin === new URL(ctx.publicUrl).origin ? target.href : ctx.publicUrl;
      },
    },
    // Its own messages may carry what was posted: only their code is written.
    logger: {
      error: (code) => ctx.log.warn({ event: code }, "next-auth"),
      warn: (code) => ctx.log.debug({ event: code }, "next-auth"),
      debug: () => {},
    },
  };
}

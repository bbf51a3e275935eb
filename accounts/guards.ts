import { notFound, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { createAuthOptions } from "./auth-options.ts";
import { accountsProcess } from "./context.ts";
import { canAccess, findIdentity, type Identity } from "./identity.ts";

/** Who asks, with the roles of this very moment; null when nobody is signed in or the address opens nothing. */
export const findSignedIn = cache(async (): Promise<Identity | null> => {
  const ctx = accountsProcess.get();
  const session = await getServerSession(createAuthOptions(ctx));
  const email = session?.user?.email;
  return email ? findIdentity(ctx, email) : null;
});

/** For pages and actions: leads to the sign-in page. */
export async function requireSignedIn(): Promise<Identity> {
  return (await findSignedIn()) ?? redirect("/connexion");
}

/** For what only the bookshop's staff may see; others find nothing there. */
export async function requireStaff(): Promise<Identity> {
  const identity = await requireSignedIn();
  return identity.isStaff ? identity : notFound();
}

/** For what only the host's operator may see. */
export async function requireOperator(): Promise<Identity> {
  const identity = await requireSignedIn();
  return identity.isOperator ? identity : notFound();
}

/** For one school: the staff, and the school itself. */
export async function requireAccessTo(rne: string): Promise<Identity> {
  const identity = await requireSignedIn();
  return canAccess(identity, rne) ? identity : notFound();
}

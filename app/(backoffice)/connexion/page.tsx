import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findSignedIn } from "#accounts/guards.ts";
import { AccountCard } from "#components/account/account-card.tsx";
import { SignInForm } from "#components/account/sign-in-form.tsx";
import { askSignIn } from "./actions.ts";

export const metadata: Metadata = { title: "Connexion" };

export default async function SignInPage() {
  if (await findSignedIn()) redirect("/");
  return (
    <AccountCard
      title="Connexion"
      description={"Sans mot de passe\u202f: nous vous envoyons un lien et un code par e-mail."}
    >
      <SignInForm action={askSignIn} />
    </AccountCard>
  );
}

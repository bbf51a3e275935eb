import type { Metadata } from "next";
import { AccountCard } from "#components/account/account-card.tsx";
import { ConfirmSignIn } from "#components/account/confirm-sign-in.tsx";

export const metadata: Metadata = { title: "Confirmer la connexion", referrer: "no-referrer" };

export default function ConfirmSignInPage() {
  return (
    <AccountCard title="Confirmer la connexion" description="Hébergement BCDI de votre établissement">
      <ConfirmSignIn />
    </AccountCard>
  );
}

import type { Metadata } from "next";
import { requireStaff } from "#accounts/guards.ts";
import { NewEstablishmentForm } from "#components/establishment/new-establishment-form.tsx";
import { Card, CardContent, CardDescription, CardHeader } from "#components/ui/card.tsx";
import { createSubscriptionAction } from "./actions.ts";

export const metadata: Metadata = { title: "Nouvel établissement" };

export default async function NewEstablishmentPage() {
  await requireStaff();
  return (
    <div className="mx-auto w-full max-w-2xl">
      <Card>
        <CardHeader>
          <h1 className="text-2xl font-semibold tracking-tight">Nouvel établissement</h1>
          <CardDescription>
            Son serveur BCDI sera installé aussitôt, et ses contacts suivront l’avancement par e-mail.
          </CardDescription>
        </CardHeader>
        <CardContent>
          <NewEstablishmentForm action={createSubscriptionAction} />
        </CardContent>
      </Card>
    </div>
  );
}

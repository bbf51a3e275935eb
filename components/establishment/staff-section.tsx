import { RefreshCw } from "lucide-react";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "#components/ui/card.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { ContactsForm } from "./contacts-form.tsx";

/** What only the bookshop sees of a school: its contacts and a reading on demand. */
export function StaffSection({
  contacts,
  readAt,
  changeContacts,
  synchronise,
}: {
  contacts: readonly string[];
  readAt: string | null;
  changeContacts: FormAction;
  synchronise: () => Promise<void>;
}) {
  return (
    <Card className="print:hidden">
      <CardHeader>
        <CardTitle>Suivi par la librairie</CardTitle>
        <CardDescription>
          {readAt ? `Dernière lecture chez l’hébergeur le ${readAt}.` : "L’hébergeur n’a pas encore été lu."}
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-6">
        <form action={synchronise}>
          <SubmitButton variant="outline" pendingText="Lecture…">
            <RefreshCw aria-hidden="true" />
            Lire maintenant chez l’hébergeur
          </SubmitButton>
        </form>
        <ContactsForm action={changeContacts} contacts={contacts} />
      </CardContent>
    </Card>
  );
}

import { Badge } from "#components/ui/badge.tsx";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "#components/ui/card.tsx";
import type { State } from "#contract/states.ts";
import { StateBadge } from "./state-badge.tsx";

export interface JournalProps {
  readonly steps: readonly {
    readonly id: string;
    readonly state: State | null;
    readonly at: string;
    readonly learntAt: string;
  }[];
  readonly mails: readonly JournalMail[];
  readonly audit: readonly {
    readonly id: string;
    readonly at: string;
    readonly actor: string;
    readonly action: string;
    readonly detail: string | null;
  }[];
}

interface JournalMail {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string | null;
  readonly text: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly attempts: number;
  readonly isFailing: boolean;
}

const ACTION_NAMES: Readonly<Record<string, string>> = {
  create: "Création de l’établissement",
  "add-contacts": "Ajout de contacts",
  contacts: "Modification des contacts",
  change: "Demande de modification",
  delete: "Demande de suppression",
  "cancel-deletion": "Annulation de la suppression",
  retry: "Nouvel essai",
};

/** For the staff: the steps and when they were learnt, the e-mails with their exact text, who did what. */
export function Journal({ steps, mails, audit }: JournalProps) {
  return (
    <Card className="print:hidden">
      <CardHeader>
        <CardTitle>Journal</CardTitle>
        <CardDescription>Visible de la librairie seulement.</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-6 text-sm">
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">Étapes</h3>
          {steps.length === 0 ? <p className="text-muted-foreground">Rien pour l’instant.</p> : null}
          <ol className="divide-y rounded-lg border empty:hidden">
            {steps.map((step) => (
              <li key={step.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
                <StateBadge state={step.state} />
                <span>{step.at}</span>
                <span className="text-muted-foreground">apprise le {step.learntAt}</span>
              </li>
            ))}
          </ol>
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">E-mails</h3>
          {mails.length === 0 ? <p className="text-muted-foreground">Aucun e-mail pour l’instant.</p> : null}
          {mails.map((mail) => (
            <MailEntry key={mail.id} mail={mail} />
          ))}
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">Qui a fait quoi</h3>
          {audit.length === 0 ? <p className="text-muted-foreground">Rien pour l’instant.</p> : null}
          <ol className="divide-y rounded-lg border empty:hidden">
            {audit.map((entry) => (
              <li key={entry.id} className="flex flex-col gap-0.5 px-4 py-2">
                <span className="font-medium">{ACTION_NAMES[entry.action] ?? entry.action}</span>
                <span className="text-muted-foreground wrap-anywhere">
                  {entry.actor}, {entry.at}
                </span>
                {entry.detail ? (
                  <span className="whitespace-pre-line wrap-anywhere">{entry.detail}</span>
                ) : null}
              </li>
            ))}
          </ol>
        </section>
      </CardContent>
    </Card>
  );
}

function MailEntry({ mail }: { mail: JournalMail }) {
  return (
    <details className="rounded-lg border">
      <summary className="cursor-pointer rounded-lg px-4 py-2">
        <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1 align-middle">
          <span className="font-medium wrap-anywhere">{mail.subject ?? "E-mail à envoyer"}</span>
          {mail.sentAt ? null : (
            <Badge tone={mail.isFailing ? "danger" : "info"}>
              {mail.isFailing ? `Échec, ${mail.attempts} essais` : "En attente d’envoi"}
            </Badge>
          )}
          <span className="text-muted-foreground wrap-anywhere">
            {mail.recipient}, {mail.sentAt ?? mail.createdAt}
          </span>
        </span>
      </summary>
      <pre className="overflow-x-auto border-t px-4 py-3 font-sans whitespace-pre-wrap wrap-anywhere">
        {mail.text ?? "Le texte sera conservé ici une fois l’e-mail envoyé."}
      </pre>
    </details>
  );
}

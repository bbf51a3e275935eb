import { Card, CardContent, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { fr } from "#components/ui/french.ts";
import type { EstablishmentView } from "#contract/establishment.ts";
import { STATE_LOOKS } from "./state-looks.ts";
import type { Wording } from "./wording.ts";

/** Beside the steps: the licence, who is written to, what happened, whom to ask. */
export function EstablishmentAside({
  rne,
  licence,
  contacts,
  history,
  wording,
}: {
  rne: string;
  licence: { griffe: string; code: string; version: string };
  contacts: readonly { email: string }[];
  history: EstablishmentView["history"];
  wording: Wording;
}) {
  return (
    <aside className="flex flex-col gap-5 print:hidden">
      <Card>
        <CardHeader className="pb-2!">
          <CardTitle className="text-base!">Votre licence</CardTitle>
        </CardHeader>
        <CardContent>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm [&_dt]:text-muted-foreground">
            <dt>RNE</dt>
            <dd className="font-mono">{rne}</dd>
            <dt>Griffe</dt>
            <dd className="wrap-anywhere">{licence.griffe}</dd>
            <dt>Code</dt>
            <dd className="font-mono">{licence.code}</dd>
            <dt>Version</dt>
            <dd>{licence.version === "SP" ? "SP (spécial)" : "CL (collège-lycée)"}</dd>
          </dl>
        </CardContent>
      </Card>
      <Card>
        <CardHeader className="pb-2!">
          <CardTitle className="text-base!">Ce qui s’est passé</CardTitle>
        </CardHeader>
        <CardContent>
          <ol className="flex flex-col gap-2 text-sm">
            {[...history].reverse().map((entry) => (
              <li key={`${entry.at} ${entry.state}`} className="flex flex-col">
                <span>{STATE_LOOKS[entry.state].label}</span>
                <time dateTime={entry.at} className="text-muted-foreground">
                  {wording.instant(entry.at)}
                </time>
              </li>
            ))}
          </ol>
        </CardContent>
      </Card>
      <Card>
        <CardHeader className="pb-2!">
          <CardTitle className="text-base!">{fr("Une question ?")}</CardTitle>
        </CardHeader>
        <CardContent className="flex flex-col gap-2 text-sm">
          <p>
            Écrivez à votre librairie en rappelant le RNE <span className="font-mono">{rne}</span> et, s’il y
            a un incident, sa référence.
          </p>
          {contacts.length > 0 ? (
            <p className="text-muted-foreground">
              {fr("Les messages de suivi sont envoyés à : ")}
              <span className="wrap-anywhere">{contacts.map(({ email }) => email).join(", ")}</span>.
            </p>
          ) : null}
        </CardContent>
      </Card>
    </aside>
  );
}

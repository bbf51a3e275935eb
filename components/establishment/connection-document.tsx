import { fr } from "#components/ui/french.ts";
import { PrintButton } from "#components/ui/print-button.tsx";
import type { Connection } from "#contract/establishment.ts";
import { ConnectionSheet } from "./connection-sheet.tsx";

/** One page of paper for whoever looks after the school's network. */
export function ConnectionDocument({
  rne,
  name,
  connection,
  day,
}: {
  rne: string;
  name: string;
  connection: Connection;
  day: string;
}) {
  const { host, port, client } = connection;
  return (
    <article className="mx-auto flex max-w-2xl flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">Connexion au serveur BCDI</h1>
          <p className="text-muted-foreground">
            {name}, RNE <span className="font-mono">{rne}</span>. Fiche du {day}.
          </p>
        </div>
        <PrintButton>Imprimer</PrintButton>
      </div>
      <ConnectionSheet connection={connection} />
      <section className="flex flex-col gap-2 text-sm">
        <h2 className="text-base font-semibold">{fr("Pour la personne qui s’occupe du réseau")}</h2>
        <ul className="ml-5 list-disc space-y-1">
          <li>
            Autorisez, depuis les postes du CDI, les connexions sortantes en TCP vers{" "}
            <span className="font-mono">
              {host}:{port}
            </span>
            .
          </li>
          <li>Installez le client BCDI, version {client.version}, sur chaque poste.</li>
          {client.url ? (
            <li className="wrap-anywhere">
              {fr("Client à télécharger : ")}
              <span className="font-mono">{client.url}</span>
            </li>
          ) : null}
          {client.sha256 ? (
            <li className="wrap-anywhere">
              {fr("Empreinte SHA-256 du client : ")}
              <span className="font-mono text-xs">{client.sha256}</span>
            </li>
          ) : null}
          <li>{fr("Dans le client, saisissez l’adresse et le port ci-dessus, puis choisissez la base.")}</li>
        </ul>
      </section>
    </article>
  );
}

import { Download } from "lucide-react";
import { buttonClass } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { Connection } from "#contract/establishment.ts";

/** The BCDI client to install on each computer, and how to check that it arrived whole. */
export function ClientDownload({ client }: { client: Connection["client"] }) {
  return (
    <section aria-labelledby="client-title" className="flex flex-col gap-3">
      <h4 id="client-title" className="font-semibold">
        Client BCDI à installer sur vos postes
      </h4>
      <p className="text-sm text-muted-foreground">Version {client.version}</p>
      {client.url ? (
        <div>
          <a className={buttonClass()} href={client.url} rel="noreferrer">
            <Download aria-hidden="true" />
            Télécharger le client BCDI
          </a>
        </div>
      ) : (
        <p className="text-sm">Demandez l’installateur du client à votre librairie.</p>
      )}
      {client.sha256 ? (
        <p className="flex items-center gap-1 text-xs text-muted-foreground">
          <span className="wrap-anywhere">
            SHA-256{"\u202f"}: <span className="font-mono">{client.sha256}</span>
          </span>
          <CopyButton text={client.sha256} label="l’empreinte SHA-256 du client" />
        </p>
      ) : null}
    </section>
  );
}

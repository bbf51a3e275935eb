import { fr } from "#components/ui/french.ts";
import { PrintButton } from "#components/ui/print-button.tsx";
import type { EstablishmentView } from "#contract/establishment.ts";
import type { Wording } from "./wording.ts";

/** What a school keeps of a hosting that is over. */
export function DeletionCertificate({
  name,
  view,
  wording,
}: {
  name: string;
  view: EstablishmentView;
  wording: Wording;
}) {
  return (
    <article className="mx-auto flex max-w-2xl flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Attestation de suppression</h1>
        <PrintButton>Imprimer</PrintButton>
      </div>
      <p>
        L’hébergement BCDI de l’établissement <strong>{name}</strong> (RNE{" "}
        <span className="font-mono">{view.rne}</span>, griffe {view.griffe}) a été supprimé le{" "}
        <strong>{wording.instant(view.since)}</strong>. Le serveur et les bases qu’il contenait ont été
        effacés.
      </p>
      {view.downloads.length > 0 ? (
        <>
          <p>{fr("Une copie de chaque base reste à la disposition de l’établissement :")}</p>
          <ul className="ml-5 list-disc space-y-2 text-sm">
            {view.downloads.map((download) => (
              <li key={download.fileName} className="wrap-anywhere">
                {download.fileName}, {wording.size(download.size)}, jusqu’au{" "}
                {wording.instant(download.expiresAt)}
                <br />
                <span className="font-mono text-xs text-muted-foreground">{download.sha256}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>Les copies remises à l’établissement ont été effacées à leur tour.</p>
      )}
    </article>
  );
}

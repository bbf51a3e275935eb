import { fr } from "#components/ui/french.ts";
import { PrintButton } from "#components/ui/print-button.tsx";
import type { EstablishmentView } from "#contract/establishment.ts";
import type { Wording } from "./wording.ts";

/** A copy that the school was given. `baseName` is null for a file that was no base. */
interface GivenBackFile {
  readonly baseName: string | null;
  readonly sizeBytes: number;
  readonly sha256: string;
}

interface DeletionCertificateProps {
  readonly name: string;
  readonly view: EstablishmentView;
  readonly givenBack: readonly GivenBackFile[];
  readonly now: Date;
  readonly wording: Wording;
}

/** What a school keeps of a hosting that is over, while its copies can be downloaded and ever after. */
export function DeletionCertificate({ name, view, givenBack, now, wording }: DeletionCertificateProps) {
  // Nobody may have read the host since their date.
  const downloads = view.downloads.filter(({ expiresAt }) => Date.parse(expiresAt) > now.getTime());
  return (
    <article className="mx-auto flex max-w-2xl flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Attestation de suppression</h1>
        <PrintButton>Imprimer</PrintButton>
      </div>
      <p>
        L’hébergement BCDI de l’établissement <strong>{name}</strong> (RNE{" "}
        <span className="font-mono">{view.rne}</span>
        {view.griffe === "" ? null : `, griffe ${view.griffe}`}) a été supprimé le{" "}
        <strong>{wording.instant(view.since)}</strong>. Le serveur et les bases qu’il contenait ont été
        effacés.
      </p>
      {downloads.length > 0 ? (
        <>
          <p>
            {fr(
              "Une copie de chaque base reste à la disposition de l’établissement, avec son empreinte SHA-256 :",
            )}
          </p>
          <ul className={LIST}>
            {downloads.map((download) => (
              <li key={download.fileName} className="wrap-anywhere">
                {download.fileName}, {wording.size(download.size)}, jusqu’au{" "}
                {wording.instant(download.expiresAt)}
                <Digest sha256={download.sha256} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>Les copies remises à l’établissement ont été effacées à leur tour.</p>
      )}
      {downloads.length === 0 && givenBack.length > 0 ? (
        <>
          <p>{fr("Elles se reconnaissent à leur empreinte SHA-256 :")}</p>
          <ul className={LIST}>
            {givenBack.map(({ baseName, sizeBytes, sha256 }) => (
              <li key={sha256} className="wrap-anywhere">
                {baseName === null ? "fichier reçu, qui n’a pas été monté" : `base ${baseName}`},{" "}
                {wording.size(sizeBytes)}
                <Digest sha256={sha256} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </article>
  );
}

const LIST = "ml-5 list-disc space-y-2 text-sm";

function Digest({ sha256 }: { sha256: string }) {
  return (
    <>
      <br />
      <span className="font-mono text-xs text-muted-foreground">{sha256}</span>
    </>
  );
}

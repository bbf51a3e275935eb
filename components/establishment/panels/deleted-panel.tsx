import { Download, FileCheck } from "lucide-react";
import { buttonClass } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { Panel } from "./panel-props.ts";

/** Each base to take away, until when; then only the certificate remains. */
export const DeletedPanel: Panel = ({ view, wording }) => (
  <div className="flex flex-col gap-4 text-sm">
    {view.downloads.length > 0 ? (
      <ul className="flex flex-col gap-3">
        {view.downloads.map((download) => (
          <li key={download.fileName} className="flex flex-col gap-2 rounded-lg border p-4">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <div className="min-w-0">
                <p className="font-medium wrap-anywhere">{download.fileName}</p>
                <p className="text-muted-foreground">
                  {wording.size(download.size)}, à télécharger avant le {wording.instant(download.expiresAt)}
                </p>
              </div>
              <a className={buttonClass({ size: "sm" })} href={download.url} rel="noreferrer">
                <Download aria-hidden="true" />
                Télécharger<span className="sr-only"> {download.fileName}</span>
              </a>
            </div>
            <p className="flex items-center gap-1 text-xs text-muted-foreground">
              <span className="wrap-anywhere">
                SHA-256{"\u202f"}: <span className="font-mono">{download.sha256}</span>
              </span>
              <CopyButton text={download.sha256} label={`l’empreinte SHA-256 de ${download.fileName}`} />
            </p>
          </li>
        ))}
      </ul>
    ) : (
      <p>Les copies de vos bases ne sont plus disponibles{"\u202f"}: elles ont été effacées.</p>
    )}
    <div>
      <a
        className={buttonClass({ variant: "outline", size: "sm" })}
        href={`/etablissements/${view.rne}/attestation`}
      >
        <FileCheck aria-hidden="true" />
        Attestation de suppression
      </a>
    </div>
  </div>
);

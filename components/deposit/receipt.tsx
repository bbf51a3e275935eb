import { CircleCheck, Download, Printer } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { fr } from "#components/ui/french.ts";
import type { DepositState } from "./engine/state.ts";
import { sumItems } from "./engine/totals.ts";
import { formatBytes, formatInstant } from "./format.ts";
import { downloadReceipt, printReceipt } from "./receipt-file.ts";

/** When the deposit was completed, or the last sign of it that the server gives. */
function findReceiptDate(state: DepositState): string | null {
  const last = state.items
    .flatMap((item) => item.lastActivityAt ?? [])
    .sort()
    .at(-1);
  return state.completedAt ?? last ?? null;
}

/** The deposit is complete: what was received, to keep or to print. */
export function Receipt({ state }: { state: DepositState }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const date = findReceiptDate(state);
  const facts = [
    { name: "Référence", value: state.rne },
    ...(date
      ? [{ name: state.completedAt ? "Déposé le" : "Dernier fichier reçu le", value: formatInstant(date) }]
      : []),
    { name: "Volume", value: formatBytes(sumItems(state.items).sizeBytes) },
  ];

  return (
    <Card className="flex flex-col gap-5 p-4 sm:p-8 print:border-0 print:p-0">
      <header className="flex flex-col gap-3 sm:flex-row sm:items-start">
        <span className="grid size-12 shrink-0 place-items-center rounded-full bg-success-soft text-success print:hidden">
          <CircleCheck aria-hidden="true" className="size-6" />
        </span>
        <div className="min-w-0 flex-1 space-y-1">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight sm:text-2xl">
            Récépissé de dépôt
          </h1>
          <p className="text-muted-foreground">
            {fr(
              "Vos bases sont bien reçues. Leur montage commence ; vous recevrez un courriel dès que votre serveur BCDI sera prêt.",
            )}
          </p>
        </div>
      </header>
      <dl className="grid gap-3 rounded-lg bg-muted p-4 text-sm sm:grid-cols-3 print:border">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="receipt-files" className="space-y-2">
        <h2 id="receipt-files" className="font-semibold">
          {state.items.length > 1 ? `${state.items.length} fichiers reçus` : "Fichier reçu"}
        </h2>
        <ol className="divide-y rounded-lg border">
          {state.items.map((item, index) => (
            <li key={item.key} className="flex flex-col gap-1 p-3 text-sm break-inside-avoid">
              <p className="flex flex-wrap justify-between gap-x-4">
                <span className="min-w-0 font-medium wrap-anywhere">{item.fileName}</span>
                <span className="tabular-nums">{formatBytes(item.sizeBytes)}</span>
              </p>
              <p className="text-muted-foreground">{index === 0 ? "Base principale" : "Autre base"}</p>
              <p className="text-xs text-muted-foreground">
                Empreinte SHA-256{"\u202f"}:{" "}
                {item.sha256 ? (
                  <span className="font-mono break-all">{item.sha256}</span>
                ) : (
                  "en cours de calcul, elle s’affichera ici"
                )}
              </p>
            </li>
          ))}
        </ol>
      </section>
      <div className="flex flex-col gap-2 sm:flex-row print:hidden">
        <Button onClick={() => printReceipt(state, date)}>
          <Printer aria-hidden="true" />
          Imprimer le récépissé
        </Button>
        <Button variant="outline" onClick={() => downloadReceipt(state, date)}>
          <Download aria-hidden="true" />
          Enregistrer le récépissé
        </Button>
      </div>
    </Card>
  );
}

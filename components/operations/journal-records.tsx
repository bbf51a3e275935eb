import { Badge } from "#components/ui/badge.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { OutputFold } from "./output-fold.tsx";
import { LINE, QUIET, Records } from "./records.tsx";
import { operationLabel, outcomeLook } from "./wording.ts";

/** What the server's machine did and said, and what people did; a page at a time. */
export function JournalRecords({
  entries,
  olderAddress,
  latestAddress,
}: {
  entries: readonly { id: string; operation: string; outcome: string; output: string; at: string }[];
  /** Where the entries before these are; null when there are none. */
  olderAddress: string | null;
  /** Where the latest entries are; null when these are the latest. */
  latestAddress: string | null;
}) {
  return (
    <Records
      id="journal"
      title="Journal du serveur"
      empty={latestAddress ? "Aucune entrée plus ancienne." : "Rien pour l’instant."}
      footer={<JournalPages olderAddress={olderAddress} latestAddress={latestAddress} />}
    >
      {entries.map((entry) => {
        const isPerson = entry.operation === "operator" || entry.operation === "revive";
        const { label, tone } = outcomeLook(entry.outcome);
        return (
          <li key={entry.id}>
            <span className={LINE}>
              <span className="font-medium">{operationLabel(entry.operation)}</span>
              {isPerson ? null : <Badge tone={tone}>{label}</Badge>}
              <span className={QUIET}>{entry.at}</span>
            </span>
            {isPerson ? <span className="wrap-anywhere">{entry.output}</span> : null}
            {!isPerson && entry.output.trim() ? (
              <OutputFold summary={`Sortie du ${entry.at}`} text={entry.output} />
            ) : null}
          </li>
        );
      })}
    </Records>
  );
}

function JournalPages(addresses: { olderAddress: string | null; latestAddress: string | null }) {
  const { olderAddress, latestAddress } = addresses;
  if (!olderAddress && !latestAddress) return null;
  const look = buttonClass({ variant: "outline", size: "sm" });
  return (
    <nav aria-label="Pages du journal" className="flex flex-wrap justify-between gap-3 pt-3">
      {latestAddress ? (
        <a className={look} href={latestAddress}>
          Dernières entrées
        </a>
      ) : (
        <span />
      )}
      {olderAddress ? (
        <a rel="next" className={look} href={olderAddress}>
          Entrées plus anciennes
        </a>
      ) : null}
    </nav>
  );
}

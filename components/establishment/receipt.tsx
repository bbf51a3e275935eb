import { Badge } from "#components/ui/badge.tsx";
import type { Base } from "#contract/deposit.ts";
import type { Wording } from "./wording.ts";

/** What was received: each file, its size, and its SHA-256 once known. */
export function Receipt({ bases, wording }: { bases: readonly Base[]; wording: Wording }) {
  if (bases.length === 0) return null;
  const total = bases.reduce((sum, base) => sum + base.size, 0);
  return (
    <section aria-labelledby="receipt-title" className="rounded-lg border text-sm">
      <h4 id="receipt-title" className="border-b px-4 py-2.5 font-medium">
        Récépissé de dépôt{"\u202f"}: {bases.length} {bases.length > 1 ? "fichiers" : "fichier"},{" "}
        {wording.size(total)}
      </h4>
      <ul className="divide-y">
        {bases.map((base) => (
          <li key={base.id} className="flex flex-col gap-1 px-4 py-2.5">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium wrap-anywhere">{base.fileName}</span>
              {base.role === "main" ? <Badge tone="primary">Base principale</Badge> : null}
              <span className="ml-auto text-muted-foreground tabular-nums">{wording.size(base.size)}</span>
            </div>
            {base.sha256 ? (
              <p className="font-mono text-xs text-muted-foreground wrap-anywhere">
                SHA-256{"\u202f"}: {base.sha256}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

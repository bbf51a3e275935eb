import { ArrowRight } from "lucide-react";
import { ConnectionSheet } from "#components/establishment/connection-sheet.tsx";
import type { LicenceData, Panel } from "./panel-props.ts";

const FIELDS = [
  ["griffe", "Griffe"],
  ["code", "Code"],
  ["version", "Type de version"],
] as const satisfies readonly (readonly [keyof LicenceData, string])[];

/** What changes from what to what; the server stays as it is meanwhile. */
export const AlterPanel: Panel = ({ view, pendingChange }) => {
  const changed = pendingChange
    ? FIELDS.filter(([field]) => pendingChange.from[field] !== pendingChange.to[field])
    : [];
  return (
    <div className="flex flex-col gap-4 text-sm">
      {pendingChange && changed.length > 0 ? (
        <dl className="divide-y rounded-lg border px-4">
          {changed.map(([field, name]) => (
            <div key={field} className="flex flex-col gap-1 py-2.5 sm:flex-row sm:gap-4">
              <dt className="text-muted-foreground sm:w-36 sm:shrink-0">{name}</dt>
              <dd className="flex flex-wrap items-center gap-2">
                <span className="text-muted-foreground line-through">
                  <span className="sr-only">Avant{"\u202f"}: </span>
                  {pendingChange.from[field]}
                </span>
                <ArrowRight aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
                <span className="font-medium">
                  <span className="sr-only">Après{"\u202f"}: </span>
                  {pendingChange.to[field]}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p>Les données de votre licence sont en cours de modification.</p>
      )}
      {view.connection ? (
        <>
          <p>Les informations de connexion de votre serveur sont celles-ci{"\u202f"}:</p>
          <ConnectionSheet connection={view.connection} />
        </>
      ) : null}
    </div>
  );
};

import { CloudOff } from "lucide-react";
import type { State } from "#contract/states.ts";
import { StateBadge } from "./state-badge.tsx";

export interface ListedEstablishment {
  readonly rne: string;
  readonly name: string;
  readonly griffe: string;
  readonly state: State | null;
  /** As it is said, in the school's own time zone. */
  readonly since: string | null;
  readonly isSilent: boolean;
}

const HEAD = "px-4 py-2.5 text-left font-medium text-muted-foreground sm:px-6";
const CELL = "px-4 py-3 sm:px-6 max-md:block max-md:py-0";

/** A table where there is room, one block per school where there is not. */
export function EstablishmentTable({ rows }: { rows: readonly ListedEstablishment[] }) {
  return (
    <table className="w-full text-sm max-md:block">
      <caption className="sr-only">Établissements, ceux qui ont un incident d’abord</caption>
      <thead className="border-b bg-muted/50 max-md:sr-only">
        <tr>
          <th scope="col" className={HEAD}>
            Établissement
          </th>
          <th scope="col" className={HEAD}>
            Griffe
          </th>
          <th scope="col" className={HEAD}>
            État
          </th>
          <th scope="col" className={HEAD}>
            Depuis
          </th>
        </tr>
      </thead>
      <tbody className="divide-y max-md:block">
        {rows.map((row) => (
          <tr
            key={row.rne}
            className="relative hover:bg-muted/50 max-md:flex max-md:flex-col max-md:gap-1 max-md:py-3"
          >
            <td className={CELL}>
              <a
                href={`/etablissements/${row.rne}`}
                className="font-medium after:absolute after:inset-0 hover:underline"
              >
                {row.name}
              </a>
              <div className="font-mono text-xs text-muted-foreground">{row.rne}</div>
            </td>
            <td className={`${CELL} wrap-anywhere text-muted-foreground`}>{row.griffe}</td>
            <td className={CELL}>
              <span className="inline-flex flex-wrap items-center gap-2">
                <StateBadge state={row.state} />
                {row.isSilent ? (
                  <span
                    className="text-warning"
                    role="img"
                    aria-label="L’hébergeur ne répond pas"
                    title="L’hébergeur ne répond pas"
                  >
                    <CloudOff aria-hidden="true" className="size-4" />
                  </span>
                ) : null}
              </span>
            </td>
            <td className={`${CELL} text-muted-foreground md:whitespace-nowrap`}>{row.since ?? ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Card, CardContent, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { queueLabel } from "./wording.ts";

export interface QueueRow {
  readonly name: string;
  readonly waiting: number;
  readonly running: number;
  readonly planned: number;
  readonly failed: number;
  /** "attend depuis 12 min" */
  readonly oldestWait: string | null;
}

const HEAD = "py-1.5 pl-1 text-right font-normal text-muted-foreground sm:pl-2";

export function QueueCard({ rows }: { rows: readonly QueueRow[] }) {
  return (
    <Card>
      <CardHeader className="pb-2!">
        <CardTitle className="text-base!">File de travail</CardTitle>
      </CardHeader>
      <CardContent>
        <table className="w-full text-xs sm:text-sm">
          <caption className="sr-only">Tâches par sorte</caption>
          <thead>
            <tr className="border-b text-[0.6875rem] sm:text-xs">
              <th scope="col" className="py-1.5 text-left font-normal text-muted-foreground">
                Tâche
              </th>
              <th scope="col" className={HEAD}>
                Attente
              </th>
              <th scope="col" className={HEAD}>
                Actives
              </th>
              <th scope="col" className={HEAD}>
                Prévues
              </th>
              <th scope="col" className={HEAD}>
                Échecs
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} className="border-b last:border-0">
                <th scope="row" className="py-1 text-left font-normal">
                  {queueLabel(row.name)}
                  {row.oldestWait ? (
                    <span className="block text-xs text-muted-foreground">{row.oldestWait}</span>
                  ) : null}
                </th>
                <Figure value={row.waiting} />
                <Figure value={row.running} />
                <Figure value={row.planned} />
                <Figure value={row.failed} isBad />
              </tr>
            ))}
          </tbody>
        </table>
        <p className="pt-2 text-xs text-muted-foreground">Échecs des sept derniers jours.</p>
      </CardContent>
    </Card>
  );
}

function Figure({ value, isBad = false }: { value: number; isBad?: boolean }) {
  const look = value === 0 ? "text-muted-foreground" : isBad ? "font-semibold text-danger" : "font-semibold";
  return <td className={classNames("py-1 pl-1 text-right tabular-nums", look)}>{value}</td>;
}

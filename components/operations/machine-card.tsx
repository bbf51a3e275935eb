import { Badge } from "#components/ui/badge.tsx";
import { Card, CardContent, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { fr } from "#components/ui/french.ts";
import { Progress } from "#components/ui/progress.tsx";

export interface MachineProps {
  readonly disk: {
    readonly usedRatio: number;
    /** "12,4 Go libres sur 250 Go" */
    readonly text: string;
    readonly tone: "success" | "warning" | "danger";
    readonly parts: readonly { readonly name: string; readonly text: string }[];
  };
  readonly processes: readonly {
    readonly name: string;
    readonly role: "server" | "worker";
    readonly isAlive: boolean;
    readonly seen: string;
  }[];
}

const ROLES = { worker: "Tâches", server: "Pages" } as const;

export function MachineCard({ disk, processes }: MachineProps) {
  return (
    <Card>
      <CardHeader className="pb-2!">
        <CardTitle className="text-base!">Disque et processus</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4 text-sm">
        <div className="flex flex-col gap-1.5">
          <p className="font-medium">{disk.text}</p>
          <Progress ratio={disk.usedRatio} label="Disque occupé" text={disk.text} tone={disk.tone} />
          <dl className="text-muted-foreground">
            {disk.parts.map(({ name, text }) => (
              <div key={name} className="flex justify-between gap-3">
                <dt>{name}</dt>
                <dd className="text-right tabular-nums">{text}</dd>
              </div>
            ))}
          </dl>
        </div>
        <ul className="flex flex-col gap-1.5">
          {processes.map(({ name, role, isAlive, seen }) => (
            <li key={name} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
              <Badge tone={isAlive ? "success" : "neutral"}>{isAlive ? "Actif" : "Silencieux"}</Badge>
              {ROLES[role]}
              <span className="font-mono text-xs text-muted-foreground">{name}</span>
              <span className="text-muted-foreground sm:ml-auto">{seen}</span>
            </li>
          ))}
        </ul>
        {processes.length === 0 ? (
          <p className="text-muted-foreground">{fr("Aucun processus n’a donné signe de vie.")}</p>
        ) : null}
      </CardContent>
    </Card>
  );
}

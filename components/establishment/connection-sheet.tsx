import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import type { Connection } from "#contract/establishment.ts";

/** What a BCDI client needs to reach the server. */
export function ConnectionSheet({ connection }: { connection: Connection }) {
  const { host, port, serverName, serverVersion, bases } = connection;
  return (
    <dl className="divide-y rounded-lg border px-4">
      <Definition name="Adresse du serveur" actions={<CopyButton text={host} label="l’adresse du serveur" />}>
        <span className="font-mono">{host}</span>
      </Definition>
      <Definition name="Port" actions={<CopyButton text={String(port)} label="le port" />}>
        <span className="font-mono">{port}</span>
      </Definition>
      <Definition name="Nom du serveur" actions={<CopyButton text={serverName} label="le nom du serveur" />}>
        <span className="font-mono">{serverName}</span>
      </Definition>
      <Definition name="Version du serveur">{serverVersion}</Definition>
      <Definition name={bases.length > 1 ? "Bases" : "Base"}>
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          {bases.map((base) => (
            <span key={base.name} className="inline-flex items-center gap-1.5">
              <span className="font-mono">{base.name}</span>
              {base.role === "main" ? <Badge tone="primary">principale</Badge> : null}
            </span>
          ))}
        </span>
      </Definition>
    </dl>
  );
}

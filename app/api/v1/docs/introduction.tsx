import { fr } from "#components/ui/french.ts";
import type { OpenApiDocument } from "#hosting/api/openapi/types.ts";
import { Code } from "./section.tsx";

/** The title, what holds for every call, and the table of contents. */
export function Introduction({ document: { info, servers, tags } }: { document: OpenApiDocument }) {
  const parts = [
    { id: "acces", title: "Les accès" },
    { id: "refus", title: "Les refus" },
    ...tags.map((tag) => ({ id: tag.name, title: tag.description })),
    { id: "evenements", title: "Les événements que vous recevez" },
    { id: "schemas", title: "Les données" },
  ];
  return (
    <header className="space-y-4">
      <h1 className="text-3xl font-semibold tracking-tight">{info.title}</h1>
      {info.description.split("\n\n").map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p>
        {fr("Adresse de base : ")}
        <Code>{servers[0]?.url}</Code>
        {". Pour les outils, la même description au format "}
        <a href="/api/v1/openapi.json" className="text-primary underline underline-offset-4">
          OpenAPI 3.1
        </a>
        .
      </p>
      <nav aria-label="Sommaire">
        <ul className="list-disc space-y-1 pl-5">
          {parts.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className="text-primary underline underline-offset-4">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

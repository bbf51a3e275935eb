import type { OpenApiDocument } from "#hosting/api/openapi/types.ts";
import { CREDENTIAL_NAMES } from "./credential-names.ts";
import { Code, Rows } from "./section.tsx";

/** The three credentials and what each opens. */
export function Credentials({ schemes }: { schemes: OpenApiDocument["components"]["securitySchemes"] }) {
  return (
    <>
      <p>
        {"Chaque accès s’envoie dans l’en-tête "}
        <Code>Authorization: Bearer …</Code>.
      </p>
      <Rows
        rows={Object.entries(schemes).map(([name, { description }]) => ({
          key: name,
          name: <strong className="font-medium">{CREDENTIAL_NAMES[name]}</strong>,
          text: description,
        }))}
      />
    </>
  );
}

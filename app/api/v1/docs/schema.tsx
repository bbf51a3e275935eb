import type { JsonSchema } from "#hosting/api/openapi/types.ts";
import { SchemaType } from "./schema-type.tsx";
import { Code, Rows } from "./section.tsx";

/** A schema of the contract, field by field. */
export function Schema({ name, schema }: { name: string; schema: JsonSchema }) {
  const required = schema.required ?? [];
  const rows = Object.entries(schema.properties ?? {}).flatMap(([field, property]) =>
    typeof property === "object"
      ? [
          {
            key: field,
            name: (
              <>
                <Code>{field}</Code>
                <span className="block pt-1 text-xs text-muted-foreground">
                  <SchemaType schema={property} />
                </span>
              </>
            ),
            text: (
              <>
                {property.description}
                {required.includes(field) ? null : " Facultatif."}
              </>
            ),
          },
        ]
      : [],
  );
  return (
    <article id={`schema-${name}`} className="scroll-mt-4 space-y-1">
      <h3 className="font-mono text-lg font-semibold">{name}</h3>
      <p>
        {schema.description} {rows.length === 0 ? <SchemaType schema={schema} /> : null}
      </p>
      <Rows rows={rows} />
    </article>
  );
}

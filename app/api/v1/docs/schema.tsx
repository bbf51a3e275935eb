import type { JsonSchema } from "#hosting/api/openapi/types.ts";
import { listFields } from "./list-fields.ts";
import { SchemaType } from "./schema-type.tsx";
import { Code, Rows } from "./section.tsx";

/** A schema of the contract, field by field. */
export function Schema({ name, schema }: { name: string; schema: JsonSchema }) {
  const rows = listFields(schema).map((field) => ({
    key: field.path,
    name: (
      <>
        <Code>{field.path}</Code>
        <span className="block pt-1 text-xs text-muted-foreground">
          <SchemaType schema={field.schema} />
        </span>
      </>
    ),
    text: (
      <>
        {field.schema.description}
        {field.isRequired ? null : " Facultatif."}
      </>
    ),
  }));
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

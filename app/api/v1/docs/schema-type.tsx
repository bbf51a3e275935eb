import type { JsonSchema } from "#hosting/api/openapi/types.ts";
import { Code } from "./section.tsx";

const TYPES: Partial<Record<string, string>> = {
  string: "texte",
  integer: "nombre entier",
  number: "nombre",
  boolean: "vrai ou faux",
  object: "objet",
  null: "null",
  array: "liste",
};

/** A schema's type in a few French words, with a link to the schema that it names. */
export function SchemaType({ schema }: { schema: JsonSchema }) {
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1);
    return (
      <a href={`#schema-${name}`} className="font-mono text-primary underline underline-offset-4">
        {name}
      </a>
    );
  }
  if (schema.anyOf) {
    return schema.anyOf.map((choice, index) => (
      <span key={JSON.stringify(choice)}>
        {index > 0 ? " ou " : null}
        <SchemaType schema={choice} />
      </span>
    ));
  }
  if (schema.enum) {
    return schema.enum.map((value, index) => (
      <span key={String(value)}>
        {index > 0 ? " " : null}
        <Code>{String(value)}</Code>
      </span>
    ));
  }
  if (schema.const !== undefined) return <Code>{String(schema.const)}</Code>;
  if (typeof schema.items === "object" && !Array.isArray(schema.items)) {
    return (
      <>
        {"liste de "}
        <SchemaType schema={schema.items} />
      </>
    );
  }
  if (schema.properties) return <Code>{`{ ${Object.keys(schema.properties).join(", ")} }`}</Code>;
  if (schema.format === "date-time") return "instant";
  return [schema.type ?? []]
    .flat()
    .map((type) => TYPES[type] ?? type)
    .join(" ou ");
}

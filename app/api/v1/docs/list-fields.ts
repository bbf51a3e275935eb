import type { JsonSchema } from "#hosting/api/openapi/types.ts";

export interface FieldOfSchema {
  /** As one writes it to reach the field: `client.url`, `history[].state`. */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** Every field of a schema, each followed by those of the object that it holds, unless that has a name of its own. */
export function listFields(schema: JsonSchema, prefix = ""): FieldOfSchema[] {
  const { properties = {}, required = [], items, anyOf = [] } = schema;
  const fields = Object.entries(properties).flatMap(([name, property]) => {
    if (typeof property !== "object") return [];
    const path = `${prefix}${name}`;
    const field = { path, schema: property, isRequired: required.includes(name) };
    return [field, ...listFields(property, `${path}.`)];
  });
  const ofItems =
    typeof items === "object" && !Array.isArray(items)
      ? listFields(items, `${prefix.replace(/\.$/, "")}[].`)
      : [];
  return [...fields, ...ofItems, ...anyOf.flatMap((choice) => listFields(choice, prefix))];
}

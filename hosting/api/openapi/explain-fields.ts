import { STATE_CODES } from "#contract/states.ts";
import type { FieldTexts } from "./field-texts.ts";
import type { JsonSchema } from "./types.ts";

/** The same schema with the texts of its fields, and of the fields of what it holds without a name of its own. */
export function explainFields(schema: JsonSchema, texts: FieldTexts): JsonSchema {
  const { properties, items, anyOf } = schema;
  const within = (part: JsonSchema | boolean) =>
    typeof part === "object" ? explainFields(part, texts) : part;
  const explained = Object.entries(properties ?? {}).map(([field, property]) => [
    field,
    typeof property === "object" ? explainField(field, property, texts[field]) : property,
  ]);
  return {
    ...schema,
    ...(properties ? { properties: Object.fromEntries(explained) } : {}),
    ...(items === undefined ? {} : { items: Array.isArray(items) ? items.map(within) : within(items) }),
    ...(anyOf ? { anyOf: anyOf.map((part) => explainFields(part, texts)) } : {}),
  };
}

function explainField(field: string, property: JsonSchema, given: FieldTexts[string] = {}): JsonSchema {
  const { "": own, ...texts } = typeof given === "object" ? given : { "": given };
  return {
    ...explainFields(property, texts),
    ...(typeof own === "string" ? { description: own } : {}),
    ...(field === "stateCode" ? { enum: Object.values(STATE_CODES) } : {}),
  };
}

import { z } from "zod";
import {
  BaseSchema,
  DepositFileSchema,
  DepositOrderSchema,
  DepositSchema,
  UploadTokenSchema,
} from "#contract/deposit.ts";
import {
  ChangesSchema,
  ConnectionSchema,
  CreatedEstablishmentSchema,
  CreateEstablishmentSchema,
  DownloadSchema,
  EstablishmentChangesSchema,
  EstablishmentViewSchema,
  GriffeSchema,
  RotatedKeySchema,
} from "#contract/establishment.ts";
import { StateChangedEventSchema } from "#contract/events.ts";
import { IncidentProblemSchema, ProblemDocumentSchema } from "#contract/problem.ts";
import { StateSchema } from "#contract/states.ts";
import { explainFields } from "./explain-fields.ts";
import { FIELD_TEXTS } from "./field-texts.ts";
import type { JsonSchema } from "./types.ts";

const REQUESTS = {
  CreateEstablishment: CreateEstablishmentSchema,
  EstablishmentChanges: EstablishmentChangesSchema,
  DepositOrder: DepositOrderSchema,
} as const;

const ANSWERS = {
  Establishment: EstablishmentViewSchema,
  CreatedEstablishment: CreatedEstablishmentSchema,
  RotatedKey: RotatedKeySchema,
  Changes: ChangesSchema,
  State: StateSchema,
  Connection: ConnectionSchema,
  Download: DownloadSchema,
  Base: BaseSchema,
  Deposit: DepositSchema,
  DepositFile: DepositFileSchema,
  UploadToken: UploadTokenSchema,
  Incident: IncidentProblemSchema,
  Problem: ProblemDocumentSchema,
  StateChangedEvent: StateChangedEventSchema,
} as const;

export type SchemaName = keyof typeof REQUESTS | keyof typeof ANSWERS | "OpenApi";

/** What zod's refinements know and JSON Schema is not told by itself. */
const ADDED: Record<string, JsonSchema> = {
  EstablishmentChanges: { minProperties: 1 },
  OpenApi: { type: "object", required: ["openapi", "info", "paths"] },
};
// Written with escapes: JSON Schema's patterns are ECMAScript's.
const PRINTABLE = "^[^\\u0000-\\u001f\\u007f]*$";

/** A reference to a schema of the document. */
export function refTo(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** Every schema of the contract as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
export function listSchemas(): Record<string, JsonSchema> {
  const schemas = { ...convert(REQUESTS, "input"), ...convert(ANSWERS, "output") };
  const described = Object.entries({ ...schemas, OpenApi: {} }).map(([name, schema]) => [
    name,
    addTexts(name, schema),
  ]);
  return Object.fromEntries(described);
}

function convert(schemas: Record<string, z.ZodType>, io: "input" | "output"): Record<string, JsonSchema> {
  const registry = z.registry<{ id?: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const converted = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ zodSchema, jsonSchema }) => {
      // Formats say it already, in a way that people can read.
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (io === "input" && zodSchema === GriffeSchema) jsonSchema.pattern = PRINTABLE;
      // Fields may be added to the answers of this version: who reads them ignores what it does not know.
      if (io === "output") delete jsonSchema.additionalProperties;
    },
  });
  return converted.schemas;
}

function addTexts(name: string, { $id: _id, $schema: _dialect, ...schema }: JsonSchema): JsonSchema {
  const { "": whole, ...texts } = FIELD_TEXTS[name] ?? {};
  return {
    ...explainFields(schema, texts),
    ...ADDED[name],
    ...(typeof whole === "string" ? { description: whole } : {}),
  };
}

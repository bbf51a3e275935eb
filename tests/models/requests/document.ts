import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { z } from "zod";

const SchemaObject = z.record(z.string(), z.unknown());
export type SchemaObject = z.infer<typeof SchemaObject>;

const Content = z.record(z.string(), z.object({ schema: SchemaObject }));
const ResponseObject = z.object({
  headers: z
    .record(z.string(), z.object({ required: z.boolean().default(false), schema: SchemaObject }))
    .default({}),
  content: Content.default({}),
});
export type ResponseObject = z.infer<typeof ResponseObject>;

const OperationObject = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), schema: SchemaObject }))
    .default([]),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), ResponseObject),
});

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), OperationObject)),
  components: z.object({ schemas: z.record(z.string(), SchemaObject) }),
});

/** One call, as the served document describes it. */
export interface Operation extends z.infer<typeof OperationObject> {
  readonly path: string;
  /** In capitals. */
  readonly method: string;
  readonly credentials: readonly string[];
}

export interface ServedDocument {
  readonly operations: readonly Operation[];
  resolve(schema: SchemaObject): SchemaObject;
  /** What is wrong with a body; null when the schema accepts it, unknown fields being wrong. */
  findMistake(schema: SchemaObject, body: unknown): string | null;
}

export async function readServedDocument(url: string): Promise<ServedDocument> {
  const answer = await fetch(`${url}/api/v1/openapi.json`);
  const { paths, components } = Document.parse(await answer.json());
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase(),
      credentials: operation.security.flatMap((one) => Object.keys(one)),
    })),
  );
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [name, refuseUnknown(schema)]);
  ajv.addSchema({ $id: "/", components: { schemas: Object.fromEntries(schemas) } });
  const compiled = new Map<SchemaObject, ValidateFunction>();
  return {
    operations,
    resolve: (schema) => {
      const name = z.string().optional().parse(schema.$ref)?.split("/").at(-1);
      return name === undefined ? schema : SchemaObject.parse(components.schemas[name]);
    },
    findMistake: (schema, body) => {
      const validate = compiled.get(schema) ?? ajv.compile(atRoot(schema));
      compiled.set(schema, validate);
      return validate(body) ? null : ajv.errorsText(validate.errors);
    },
  };
}

/** The document lets fields be added one day; what is served today has those that it names, and no other. */
function refuseUnknown(schema: SchemaObject): SchemaObject {
  const entries = Object.entries(schema).map(([keyword, value]) => [keyword, refuseUnknownBelow(value)]);
  const isObject = schema.type === "object" && "properties" in schema;
  return { ...Object.fromEntries(entries), ...(isObject ? { additionalProperties: false } : {}) };
}

function refuseUnknownBelow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(refuseUnknownBelow);
  const object = SchemaObject.safeParse(value);
  return object.success ? refuseUnknown(object.data) : value;
}

/** References count from the document's root, wherever the schema stands. */
function atRoot(schema: SchemaObject): SchemaObject {
  return SchemaObject.parse(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"/#/components')));
}

import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { STATE_CODES } from "#contract/states.ts";
import { API_CALLS } from "#hosting/api/openapi/calls/all.ts";
import { buildOpenApiDocument } from "#hosting/api/openapi/document.ts";
import { EXAMPLES } from "#hosting/api/openapi/examples.ts";
import type { JsonSchema } from "#hosting/api/openapi/types.ts";

const document = buildOpenApiDocument({ publicUrl: "https://bcdi.example" });

it("the document is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

it("the document begins at the deployment's own address", () => {
  expect(document.servers.map((server) => server.url)).toEqual(["https://bcdi.example/api/v1"]);
});

it("each call has a name of its own", () => {
  expect(new Set(API_CALLS.map((call) => call.operationId)).size).toBe(API_CALLS.length);
});

it("the creation, whose refusals share one status, names their codes and what any other 404 means", () => {
  const creation = API_CALLS.find(({ operationId }) => operationId === "createEstablishment");
  for (const code of [...(creation?.refusals ?? []), "not_found"])
    expect(creation?.description).toContain(code);
});

it.each(Object.keys(EXAMPLES))("the example of %s is valid", (name) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "document", components: document.components });
  const isValid = ajv.compile({ $ref: `document#/components/schemas/${name}` });
  isValid(Object.entries(EXAMPLES).find(([key]) => key === name)?.[1]);
  expect(isValid.errors).toBeNull();
});

/** Every field of a schema at any depth, by its path; what a reference names is looked at under its own name. */
function listFields(schema: JsonSchema | boolean | undefined, path = ""): [string, JsonSchema | boolean][] {
  if (typeof schema !== "object") return [];
  const fields = Object.entries(schema.properties ?? {}).flatMap(
    ([name, property]): [string, JsonSchema | boolean][] => {
      const own = `${path}.${name}`;
      return [[own, property], ...listFields(property, own)];
    },
  );
  const within = [schema.items ?? [], schema.anyOf ?? [], schema.allOf ?? [], schema.oneOf ?? []].flat();
  return [...fields, ...within.flatMap((part) => listFields(part, path))];
}

describe.each(Object.entries(document.components.schemas))(
  "every field of %s, at any depth,",
  (_name, schema) => {
    const fields = listFields(schema);

    it("is explained", () => {
      const unexplained = fields.filter(([, field]) => typeof field !== "object" || !field.description);
      expect(unexplained.map(([path]) => path)).toEqual([]);
    });

    it("that is a state's code says which codes there are", () => {
      const codes = fields.filter(([path]) => path.endsWith(".stateCode"));
      for (const [, field] of codes) expect(field).toMatchObject({ enum: Object.values(STATE_CODES) });
    });
  },
);

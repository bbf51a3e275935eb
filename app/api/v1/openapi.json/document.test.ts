import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";
import { API_CALLS } from "#hosting/api/openapi/calls/all.ts";
import { buildOpenApiDocument } from "#hosting/api/openapi/document.ts";
import { EXAMPLES } from "#hosting/api/openapi/examples.ts";

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

it.each(Object.keys(EXAMPLES))("the example of %s is valid", (name) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "document", components: document.components });
  const isValid = ajv.compile({ $ref: `document#/components/schemas/${name}` });
  isValid(Object.entries(EXAMPLES).find(([key]) => key === name)?.[1]);
  expect(isValid.errors).toBeNull();
});

it.each(Object.entries(document.components.schemas))("every field of %s is explained", (_name, schema) => {
  const unexplained = Object.entries(schema.properties ?? {}).filter(
    ([, property]) => typeof property !== "object" || !property.description,
  );
  expect(unexplained).toEqual([]);
});

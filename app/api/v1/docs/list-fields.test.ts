import { expect, test } from "vitest";
import { buildOpenApiDocument } from "#hosting/api/openapi/document.ts";
import { listFields } from "./list-fields.ts";

const { schemas } = buildOpenApiDocument({ publicUrl: "https://bcdi.example" }).components;
const pathsOf = (name: string) => listFields(schemas[name] ?? {}).map(({ path }) => path);

test("the page lists what an event carries, field by field", () => {
  expect(pathsOf("StateChangedEvent")).toEqual([
    ...["type", "timestamp", "data"],
    ...["data.rne", "data.state", "data.stateCode", "data.since"],
  ]);
});

test("what may be null and what is in a list is listed too; what has a name of its own is not repeated", () => {
  const paths = pathsOf("Establishment");
  expect(paths).toEqual(expect.arrayContaining(["nextStep.latestAt", "history[].state", "bases", "problem"]));
  expect(paths).not.toContain("bases[].id");
  expect(paths).not.toContain("problem.code");
});

test("every field that the page lists says what it is", () => {
  const silent = Object.values(schemas).flatMap((schema) =>
    listFields(schema).filter((field) => !field.schema.description),
  );
  expect(silent).toEqual([]);
});

import { API_CALLS } from "./calls/all.ts";
import { EXAMPLES } from "./examples.ts";
import { listPathParameters } from "./parameters.ts";
import { listResponses } from "./responses.ts";
import { listSchemas, refTo } from "./schemas.ts";
import { INTRODUCTION, SECURITY_SCHEMES, TAGS } from "./texts.ts";
import type { ApiCall, OpenApiDocument, OperationObject, ParameterObject, PathItem } from "./types.ts";
import { WEBHOOKS } from "./webhooks.ts";

/** The machine-readable description of the API, as this deployment serves it. */
export function buildOpenApiDocument({ publicUrl }: { publicUrl: string }): OpenApiDocument {
  return {
    openapi: "3.1.1",
    info: { title: "API d’hébergement BCDI", version: "1.0.0", description: INTRODUCTION },
    servers: [{ url: `${publicUrl}/api/v1`, description: "Ce déploiement." }],
    tags: TAGS,
    paths: listPaths(),
    webhooks: WEBHOOKS,
    components: { schemas: listSchemas(), securitySchemes: SECURITY_SCHEMES },
  };
}

function listPaths(): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {};
  for (const call of API_CALLS) paths[call.path] = { ...paths[call.path], [call.method]: toOperation(call) };
  return paths;
}

function toOperation(call: ApiCall): OperationObject {
  const { operationId, tag, summary, description, credentials } = call;
  const parameters = [...listPathParameters(call.path), ...listOwnParameters(call)];
  return {
    ...{ operationId, tags: [tag], summary, description },
    security: credentials.map((name) => ({ [name]: [] })),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(call.body ? { requestBody: toRequestBody(call.body) } : {}),
    responses: listResponses(call),
  };
}

function listOwnParameters({ parameters = [] }: ApiCall): ParameterObject[] {
  return parameters.map(({ isRequired = false, ...parameter }) => ({ ...parameter, required: isRequired }));
}

function toRequestBody({
  schema,
  mediaType,
  isRequired,
  description,
}: NonNullable<ApiCall["body"]>): NonNullable<OperationObject["requestBody"]> {
  const content = schema
    ? { schema: refTo(schema), ...(EXAMPLES[schema] === undefined ? {} : { example: EXAMPLES[schema] }) }
    : { schema: {} };
  return { description, required: isRequired, content: { [mediaType]: content } };
}

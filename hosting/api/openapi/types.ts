import type { z } from "zod";
import type { RequestProblemCode } from "#contract/problem.ts";
import type { HeaderName } from "./headers.ts";
import type { SchemaName } from "./schemas.ts";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

export type Method = "get" | "head" | "post" | "put" | "patch" | "delete" | "options";
export type CredentialName = "platformKey" | "establishmentKey" | "uploadToken";
export type TagName = "etablissements" | "modifications" | "depot" | "restitution" | "description";

export interface ParameterText {
  readonly name: string;
  readonly in: "query" | "header";
  readonly description: string;
  readonly isRequired?: boolean;
  readonly schema: JsonSchema;
  readonly example?: string | number;
}

export interface Success {
  readonly description: string;
  readonly headers?: readonly HeaderName[];
  /** JSON of this schema; without it and without `mediaType` the answer has no body. */
  readonly schema?: SchemaName;
  /** For bodies that are not JSON: bytes. */
  readonly mediaType?: string;
}

/** One call of the API: all that the document, its readable page and the tests know of it. */
export interface ApiCall {
  readonly operationId: string;
  readonly method: Method;
  /** Below `/api/v1`. */
  readonly path: string;
  readonly tag: TagName;
  readonly summary: string;
  readonly description: string;
  /** One of them is enough; none where anybody may call. */
  readonly credentials: readonly CredentialName[];
  readonly parameters?: readonly ParameterText[];
  readonly body?: {
    readonly schema?: SchemaName;
    readonly mediaType: string;
    readonly isRequired: boolean;
    readonly description: string;
  };
  readonly successes: Readonly<Record<number, Success>>;
  /** What it refuses, besides what every call does: the status follows from the code. */
  readonly refusals: readonly RequestProblemCode[];
  /** Where a refusal has another status than its code's usual one. */
  readonly refusalStatuses?: Readonly<Partial<Record<RequestProblemCode, number>>>;
}

export interface HeaderObject {
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  readonly content?: Readonly<Record<string, MediaTypeObject>>;
}

export interface MediaTypeObject {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface ParameterObject {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly description: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: {
    readonly description: string;
    readonly required: boolean;
    readonly content: Readonly<Record<string, MediaTypeObject>>;
  };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

export type PathItem = Readonly<Partial<Record<Method, OperationObject>>>;

/** The part of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1) that this API needs. */
export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: TagName; readonly description: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly webhooks: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<
      Record<
        CredentialName,
        { readonly type: "http"; readonly scheme: "bearer"; readonly description: string }
      >
    >;
  };
}

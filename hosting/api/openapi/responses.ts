import { PROBLEM_MEDIA_TYPE, type RequestProblemCode } from "#contract/problem.ts";
import { problemText } from "#hosting/api/problems.ts";
import { EXAMPLES } from "./examples.ts";
import { HEADERS, type HeaderName } from "./headers.ts";
import { refTo } from "./schemas.ts";
import type { ApiCall, JsonSchema, MediaTypeObject, ResponseObject, Success } from "./types.ts";

/** What every call may be refused for, whatever it is. */
const EVERYWHERE: readonly RequestProblemCode[] = ["too_many_requests", "internal_error", "not_ready"];
const HEADERS_OF_REFUSAL: Partial<Record<RequestProblemCode, readonly HeaderName[]>> = {
  unauthorized: ["WWW-Authenticate"],
  precondition_failed: ["Tus-Version"],
  too_many_requests: ["Retry-After"],
};

/** Every answer of a call, by status. */
export function listResponses(call: ApiCall): Record<string, ResponseObject> {
  const successes = Object.entries(call.successes).map(
    ([status, success]) => [status, toResponse(success)] as const,
  );
  const byStatus = new Map<number, RequestProblemCode[]>();
  for (const code of [...call.refusals, ...EVERYWHERE]) {
    const status = call.refusalStatuses?.[code] ?? problemText(code).status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const refusals = [...byStatus]
    .sort(([one], [other]) => one - other)
    .map(([status, codes]) => [String(status), toRefusal(call, status, codes)] as const);
  return Object.fromEntries([...successes, ...refusals]);
}

function toResponse({ description, headers = [], schema, mediaType }: Success): ResponseObject {
  const json: MediaTypeObject | null = schema
    ? {
        schema: refTo(schema),
        ...(EXAMPLES[schema] === undefined ? {} : { example: EXAMPLES[schema] }),
      }
    : null;
  return {
    description,
    ...toHeaders(headers, true),
    ...(json ? { content: { "application/json": json } } : {}),
    ...(mediaType ? { content: { [mediaType]: { schema: {} } } } : {}),
  };
}

function toRefusal(call: ApiCall, status: number, codes: readonly RequestProblemCode[]): ResponseObject {
  const titles = codes.map((code) => `${problemText(code).title} (${code})`).join("\u202f; ");
  const headers = new Set(codes.flatMap((code) => HEADERS_OF_REFUSAL[code] ?? []));
  if (status === 409 || status === 503 || status === 507) headers.add("Retry-After");
  const schema: JsonSchema = {
    allOf: [
      refTo("Problem"),
      { type: "object", properties: { status: { const: status }, code: { enum: [...codes] } } },
    ],
  };
  return {
    description: `${titles}.`,
    ...toHeaders([...headers], false),
    // "The HEAD method is identical to GET except that the server MUST NOT send content" (RFC 9110, 9.3.2).
    ...(call.method === "head" ? {} : { content: { [PROBLEM_MEDIA_TYPE]: { schema } } }),
  };
}

function toHeaders(names: readonly HeaderName[], required: boolean) {
  if (names.length === 0) return {};
  return { headers: Object.fromEntries(names.map((name) => [name, { ...HEADERS[name], required }])) };
}

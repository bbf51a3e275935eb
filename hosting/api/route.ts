import {
  type Access,
  authenticate,
  type CredentialKind,
  isPlatformKey,
} from "#hosting/access/authenticate.ts";
import { type HostingContext, hostingProcess } from "#hosting/context.ts";
import type { Author } from "#hosting/establishment/lifecycle.ts";
import { Refusal } from "#hosting/refusal.ts";
import { problemText, toProblem } from "./problems.ts";

export interface Call {
  readonly context: HostingContext;
  readonly request: Request;
}

/** What an address holds: one segment, or all the rest of them. */
type Params = Record<string, string | string[] | undefined>;

export type Handler = (request: Request, route: { params: Promise<Params> }) => Promise<Response>;

const SCHOOL: Author = { kind: "school", name: "establishment key" };
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** A JSON answer that nobody may keep. */
export function json(value: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(value, { headers: { "Cache-Control": "no-store", ...headers } });
}

/** Every failure becomes a problem document; `refusalStatus` replaces the status of a refusal. */
export function answering(
  handle: (call: Call, params: Params) => Promise<Response>,
  options: { refusalStatus?: number } = {},
): Handler {
  return async (request, { params }) => {
    const context = hostingProcess.get();
    try {
      return await handle({ context, request }, await params);
    } catch (failure) {
      const status = failure instanceof Refusal ? options.refusalStatus : undefined;
      const { document, headers } = toProblem(
        status ? withCreationCode(failure) : failure,
        context.log,
        status,
      );
      return new Response(JSON.stringify(document), { status: document.status, headers });
    }
  };
}

/** The three codes by which a refused creation is told apart, its status being always the same. */
function withCreationCode(failure: unknown): unknown {
  if (
    !(failure instanceof Refusal) ||
    ["unauthorized", "invalid_request", "already_exists"].includes(failure.code)
  ) {
    return failure;
  }
  return new Refusal("invalid_request", { detail: failure.detail ?? problemText(failure.code).detail });
}

/** A call with the platform key. */
export function withPlatformKey(
  handle: (call: Call) => Promise<Response>,
  options: { refusalStatus?: number } = {},
): Handler {
  return answering(async (call) => {
    if (!isPlatformKey(call.context, call.request.headers.get("authorization")))
      throw new Refusal("unauthorized");
    return handle(call);
  }, options);
}

/** A call on one establishment, with one of the credentials that it accepts. */
export function withCredential(
  accepted: readonly CredentialKind[],
  handle: (call: Call & Access & { author: Author }) => Promise<Response>,
): Handler {
  return answering(async (call, { rne }) => {
    const authorization = call.request.headers.get("authorization");
    const access = await authenticate(call.context, { rne: String(rne), authorization }, accepted);
    return handle({ ...call, ...access, author: SCHOOL });
  });
}

/** The handlers of an address; every other method is refused with a problem document and `Allow`. */
export function methods(
  given: Partial<Record<(typeof METHODS)[number], Handler>>,
): Record<(typeof METHODS)[number] | "OPTIONS", Handler> {
  const allow = METHODS.filter((method) => given[method]).flatMap((method) =>
    method === "GET" ? ["GET", "HEAD"] : [method],
  );
  const refuse = answering(async () => {
    throw new Refusal("method_not_allowed");
  });
  const refused: Handler = async (request, route) => {
    const answer = await refuse(request, route);
    answer.headers.set("Allow", allow.join(", "));
    return answer;
  };
  const tellMethods: Handler = async () =>
    new Response(null, { status: 204, headers: { Allow: [...allow, "OPTIONS"].join(", ") } });
  const { GET = refused, POST = refused, PUT = refused, PATCH = refused, DELETE = refused } = given;
  return { GET, POST, PUT, PATCH, DELETE, OPTIONS: tellMethods };
}

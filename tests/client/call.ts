import type { Answer } from "./http-connection.ts";

export interface CallOptions {
  /** Sent as `Authorization: Bearer …`. */
  readonly key?: string;
  readonly json?: unknown;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

/** One call on HOSTING's API; `path` begins after `/api/v1`. */
export async function call(
  server: { readonly url: string },
  method: string,
  path: string,
  { key, json, body, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body:
      json === undefined
        ? typeof body === "object"
          ? new Uint8Array(body)
          : (body ?? null)
        : JSON.stringify(json),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** The answer, if it has this status; what else it was is thrown. */
export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.text}`);
  return answer;
}

import { ProblemDocumentSchema } from "#contract/problem.ts";
import { failureText } from "#platform/failure.ts";
import { HostingMisaddressed, HostingRefused, HostingUnavailable } from "./failures.ts";

export interface CallOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api/v1`. */
  readonly path: string;
  readonly credential: string;
  readonly etag?: string | null;
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | null;
  readonly retryAfterSeconds: number | null;
}

/** One request to HOSTING: resolves on 2xx and 304, throws one of the three failures otherwise. */
export async function callHosting(options: CallOptions, call: Call): Promise<Answer> {
  const url = `${options.baseUrl}/api/v1${call.path}`;
  const answer = await exchange(url, options.timeoutMs, call);
  const { status } = answer;
  if (status === 304 || (status >= 200 && status < 300)) return answer;
  if (status === 408 || status === 429 || status >= 500) {
    const { retryAfterSeconds } = answer;
    throw new HostingUnavailable(
      `status ${status}`,
      retryAfterSeconds === null ? null : retryAfterSeconds * 1000,
    );
  }
  const problem = ProblemDocumentSchema.safeParse(answer.body);
  if (problem.success) throw new HostingRefused(status, problem.data);
  throw new HostingMisaddressed(status, url);
}

async function exchange(url: string, timeoutMs: number, call: Call): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${call.credential}`,
        ...(call.body ? { "content-type": "application/json" } : {}),
        ...(call.etag ? { "if-none-match": call.etag } : {}),
      },
      ...(call.body ? { body: JSON.stringify(call.body) } : {}),
      // A redirect would carry the credential elsewhere.
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: response.status,
      body: readJson(await response.text()),
      etag: response.headers.get("etag"),
      retryAfterSeconds: readRetryAfter(response.headers.get("retry-after")),
    };
  } catch (failure) {
    throw new HostingUnavailable(failureText(failure).split("\n")[0] ?? "network", null, failure);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 9110, 10.2.3: a number of seconds, or a date. */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

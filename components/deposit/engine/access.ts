import { parseRetryAfterMs, RequestFailedError } from "./failure.ts";
import { findProblem, readUploadToken } from "./wire.ts";

/** Keeps a live upload token. The key that opened the page is used once and not kept. */
export type Access = {
  /** The `Authorization` header of the next request. Renews the token first when its end is near. */
  authorize(): Promise<string>;
  /** Makes a new token out of the live one, for instance after a 401. Calls at the same time share one request. */
  renew(): Promise<void>;
  /** Takes another credential, when the embedding page gives one. */
  adopt(credential: string): Promise<void>;
};

type Token = { value: string; renewAtMs: number };

async function exchange(rne: string, credential: string): Promise<Token> {
  const method = "POST";
  const url = `/api/v1/establishments/${encodeURIComponent(rne)}/upload-tokens`;
  const headers = { authorization: `Bearer ${credential}` };
  const response = await fetch(url, { method, headers, cache: "no-store", credentials: "omit" }).catch(() => {
    throw new RequestFailedError({ status: null, problem: null, retryAfterMs: null, method });
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const retryAfterMs = parseRetryAfterMs(response.headers.get("retry-after"), Date.now());
    throw new RequestFailedError({
      status: response.status,
      problem: findProblem(body),
      retryAfterMs,
      method,
    });
  }
  const { token, expiresAt } = readUploadToken(body);
  // The computer's clock may be wrong: what counts is the life that the server's own clock announces.
  const serverNowMs = Date.parse(response.headers.get("date") ?? "");
  const lifeMs = Date.parse(expiresAt) - (Number.isNaN(serverNowMs) ? Date.now() : serverNowMs);
  return { value: token, renewAtMs: Date.now() + Math.max(lifeMs, 0) * 0.6 };
}

/** Exchanges the credential of the page's address for an upload token. Throws `RequestFailedError`. */
export async function openAccess(rne: string, credential: string): Promise<Access> {
  let token = await exchange(rne, credential);
  let renewal: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const adopt = async (credential: string) => {
    token = await exchange(rne, credential);
    schedule();
  };
  const renew = () => {
    renewal ??= adopt(token.value).finally(() => {
      renewal = null;
    });
    return renewal;
  };
  const schedule = () => {
    clearTimeout(timer);
    const delayMs = Math.min(Math.max(token.renewAtMs - Date.now(), 1_000), 2 ** 31 - 1);
    timer = setTimeout(() => void renew().catch(() => undefined), delayMs);
  };

  schedule();
  return {
    renew,
    adopt,
    authorize: async () => {
      // A renewal that fails here is not the end: the token may still live, and a 401 asks for another one.
      if (Date.now() >= token.renewAtMs) await renew().catch(() => undefined);
      return `Bearer ${token.value}`;
    },
  };
}

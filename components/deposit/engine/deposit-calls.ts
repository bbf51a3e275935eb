import type { Deposit } from "#contract/deposit.ts";
import type { Access } from "./access.ts";
import { parseRetryAfterMs, RequestFailedError } from "./failure.ts";
import { findCompletionDate, findProblem, readDeposit } from "./wire.ts";

const REQUEST_TIMEOUT_MS = 45_000;
const TUS_HEADERS = { "tus-resumable": "1.0.0" } as const;

type NewBase = { fileName: string; sizeBytes: number; identity: string | null; role: "main" | "secondary" };

/** The calls of section 4 of the protocol that are not tus transfers. Each throws `RequestFailedError`. */
export type DepositCalls = {
  fetchDeposit(): Promise<Deposit>;
  /** Creates a base file and returns its id. */
  createBase(base: NewBase): Promise<string>;
  removeBase(id: string): Promise<void>;
  orderBases(ids: readonly string[]): Promise<void>;
  /** Completes the deposit and returns when that was, if the server tells. */
  completeDeposit(): Promise<string | null>;
  uploadUrl(id: string): string;
};

function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The value of `Upload-Metadata`: keys and base64 values, as tus asks. */
export function encodeMetadata(fields: Readonly<Record<string, string | null>>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === null ? [] : [`${name} ${encodeBase64(value)}`]))
    .join(",");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
const REFUSED_IN_NAMES = /[\u0000-\u001f\u007f/\\]/g;

/** A name that the server accepts, whatever the computer allowed. */
export function cleanFileName(name: string): string {
  return name.replace(REFUSED_IN_NAMES, "_").trim().slice(-255) || "base.zip";
}

export function createDepositCalls(rne: string, access: Access): DepositCalls {
  const root = `/api/v1/establishments/${encodeURIComponent(rne)}`;

  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...init.headers, authorization: await access.authorize() };
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    return fetch(root + path, {
      ...init,
      method,
      headers,
      signal,
      cache: "no-store",
      credentials: "omit",
    }).catch(() => {
      throw new RequestFailedError({ status: null, problem: null, retryAfterMs: null, method });
    });
  };

  const call = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    let response = await send(method, path, init);
    if (response.status === 401) {
      await access.renew();
      response = await send(method, path, init);
    }
    if (response.ok) return response;
    const problem = findProblem(await response.json().catch(() => null));
    const retryAfterMs = parseRetryAfterMs(response.headers.get("retry-after"), Date.now());
    throw new RequestFailedError({ status: response.status, problem, retryAfterMs, method });
  };

  const uploadUrl = (id: string) => `${root}/bases/${encodeURIComponent(id)}`;

  return {
    uploadUrl,
    fetchDeposit: async () => readDeposit(await (await call("GET", "/deposit")).json()),
    createBase: async ({ fileName, sizeBytes, identity, role }) => {
      const metadata = encodeMetadata({ filename: cleanFileName(fileName), role, identity });
      const response = await call("POST", "/bases", {
        headers: { ...TUS_HEADERS, "upload-length": String(sizeBytes), "upload-metadata": metadata },
      });
      const id = response.headers.get("location")?.split("/").at(-1);
      if (!id) {
        throw new RequestFailedError({ status: null, problem: null, retryAfterMs: null, method: "POST" });
      }
      return decodeURIComponent(id);
    },
    removeBase: async (id) => {
      await call("DELETE", `/bases/${encodeURIComponent(id)}`, { headers: TUS_HEADERS }).catch((error) => {
        const status = error instanceof RequestFailedError ? error.failure.status : null;
        if (status !== 404 && status !== 410) throw error;
      });
    },
    orderBases: async (ids) => {
      await call("PUT", "/deposit", {
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ order: ids }),
      });
    },
    completeDeposit: async () => findCompletionDate(await (await call("POST", "/deposit/complete")).json()),
  };
}

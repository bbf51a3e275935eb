import { DetailedError, Upload } from "tus-js-client";
import { type Failure, parseRetryAfterMs } from "./failure.ts";
import { findProblem } from "./wire.ts";

const STALL_MS = 45_000;
const TELL_EVERY_MS = 200;

export type AttemptOptions = {
  file: File;
  uploadUrl: string;
  signal: AbortSignal;
  authorize: () => Promise<string>;
  overridePatchMethod: boolean;
  /** Asked before each request: how many bytes it may carry. */
  chunkBytes: () => number;
  /** How far the file is sent, counting bytes that the server has not confirmed yet. */
  onSent: (sentBytes: number) => void;
  /** A request went through: the bytes it carried and the time it took. */
  onChunk: (chunkBytes: number, tookMs: number) => void;
};

export type AttemptResult = { kind: "sent" } | { kind: "aborted" } | { kind: "failed"; failure: Failure };

/**
 * One run of tus-js-client from the server's offset to the end of the file or to the first failure. It is given
 * `uploadUrl` only and no retries: with an endpoint it would start again from byte 0 after one 401, 429 or 502 on HEAD.
 */
export function attemptTransfer(options: AttemptOptions): Promise<AttemptResult> {
  return new Promise((resolve) => {
    let isOver = false;
    let lastSentBytes = -1;
    let requestStartedAtMs = 0;
    let toldAtMs = Number.NEGATIVE_INFINITY;
    let watchdog: ReturnType<typeof setTimeout> | undefined;

    const end = (result: AttemptResult) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(watchdog);
      options.signal.removeEventListener("abort", abort);
      resolve(result);
    };
    const abort = () => {
      end({ kind: "aborted" });
      void upload.abort();
    };
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        end({
          kind: "failed",
          failure: { status: null, problem: null, retryAfterMs: null, method: "PATCH", stalled: true },
        });
        void upload.abort();
      }, STALL_MS);
    };

    const upload = new Upload(options.file, {
      endpoint: null,
      uploadUrl: options.uploadUrl,
      retryDelays: null,
      storeFingerprintForResuming: false,
      fingerprint: async () => "",
      overridePatchMethod: options.overridePatchMethod,
      chunkSize: options.chunkBytes(),
      onBeforeRequest: async (request) => {
        const authorization = await options.authorize();
        // tus-js-client forgets an abortion that comes before its first request.
        if (isOver) throw new Error("aborted");
        request.setHeader("Authorization", authorization);
        requestStartedAtMs = performance.now();
        watch();
      },
      onProgress: (sentBytes) => {
        if (isOver || sentBytes === lastSentBytes) return;
        lastSentBytes = sentBytes;
        watch();
        if (performance.now() - toldAtMs < TELL_EVERY_MS) return;
        toldAtMs = performance.now();
        options.onSent(sentBytes);
      },
      onChunkComplete: (chunkBytes) => {
        if (isOver) return;
        options.onChunk(chunkBytes, performance.now() - requestStartedAtMs);
        upload.options.chunkSize = options.chunkBytes();
      },
      onSuccess: () => end({ kind: "sent" }),
      onError: (error) =>
        end({ kind: "failed", failure: describeFailure(error, options.overridePatchMethod) }),
    });

    options.signal.addEventListener("abort", abort);
    if (options.signal.aborted) abort();
    else {
      watch();
      upload.start();
    }
  });
}

function describeFailure(error: Error | DetailedError, isOverriding: boolean): Failure {
  if (!(error instanceof DetailedError)) {
    return { status: null, problem: null, retryAfterMs: null, method: "HEAD" };
  }
  const sentMethod = error.originalRequest.getMethod();
  const response = error.originalResponse;
  return {
    status: response ? response.getStatus() : null,
    problem: findProblem(parseJson(response?.getBody())),
    retryAfterMs: parseRetryAfterMs(response?.getHeader("Retry-After"), Date.now()),
    method: isOverriding && sentMethod === "POST" ? "PATCH" : sentMethod,
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

import type { IncomingMessage } from "node:http";

const IDLE_TIMEOUT_MS = 30_000;
const TOTAL_TIMEOUT_MS = 300_000;

/**
 * Ends a request whose body falls silent, or takes for ever. An upload watches its own silence, and has no limit in
 * all: this is for the small bodies of everything else, which nobody needs a credential to begin.
 */
export function limitSilence(
  request: IncomingMessage,
  { idleTimeoutMs = IDLE_TIMEOUT_MS, totalTimeoutMs = TOTAL_TIMEOUT_MS } = {},
): void {
  if (request.headers["content-length"] === undefined && request.headers["transfer-encoding"] === undefined)
    return;
  const end = () => {
    if (!request.complete) request.destroy();
  };
  request.setTimeout(idleTimeoutMs, end);
  const late = setTimeout(end, totalTimeoutMs);
  request.once("close", () => clearTimeout(late));
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { hostingProcess } from "#hosting/context.ts";
import { createGuessLimiter } from "#platform/http/guess-limiter.ts";
import { isRightCredential } from "./is-right-credential.ts";

const ESTABLISHMENT = /^\/api\/v1\/establishments\/([^/]+)/;

/** Seconds for which a request on the API is refused: not 0 for whoever has tried too many credentials, unless this one is right. */
export type GuessGuard = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<number>;

export function createGuessGuard(): GuessGuard {
  const limiter = createGuessLimiter();
  return async (request, response, path) => {
    const rne = ESTABLISHMENT.exec(path)?.[1]?.toUpperCase() ?? "";
    limiter.watch(request, response, rne);
    const seconds = await limiter.refusedForSeconds(request, rne);
    const authorization = request.headers.authorization ?? null;
    return seconds > 0 && !(await isRightCredential(hostingProcess.get(), { rne, authorization }))
      ? seconds
      : 0;
  };
}

import { createHash } from "node:crypto";
import type { EstablishmentView } from "#contract/establishment.ts";
import { json } from "./route.ts";

const REST_SECONDS = 3600;

/** A view with its entity tag and when asking again is worth it; 304 when the caller has it already. */
export function viewResponse(view: EstablishmentView, request: Request, now: Date): Response {
  const etag = `"${createHash("sha256").update(JSON.stringify(view)).digest("base64url").slice(0, 27)}"`;
  const headers = {
    ETag: etag,
    "Retry-After": String(retryAfterSeconds(view, now)),
    "Cache-Control": "no-cache",
  };
  const known = (request.headers.get("if-none-match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (known.includes(etag) || known.includes("*")) return new Response(null, { status: 304, headers });
  return json(view, headers);
}

function retryAfterSeconds({ nextStep, since }: EstablishmentView, now: Date): number {
  if (!nextStep) return REST_SECONDS;
  // A step is often faster than its estimate: a young one is worth a look soon.
  const ageSeconds = (now.getTime() - Date.parse(since)) / 1000;
  const remainingSeconds = (Date.parse(nextStep.estimatedAt) - now.getTime()) / 1000;
  // A late one, the less the later it is.
  if (remainingSeconds <= 0) return Math.max(5, Math.ceil(ageSeconds / 10));
  return Math.max(2, Math.ceil(Math.min(remainingSeconds, Math.max(5, ageSeconds))));
}

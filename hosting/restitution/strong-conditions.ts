import type { IncomingMessage } from "node:http";
import { Refusal } from "#hosting/refusal.ts";

export const NOT_AS_SUPPOSED = "L’archive n’est pas celle que votre demande suppose.";

/**
 * Judges the conditions that RFC 9110 wants compared strongly, which `send` compares weakly; what is left of them it
 * may judge again. `etag` is a strong one.
 */
export function applyStrongConditions({ headers }: IncomingMessage, etag: string): void {
  const ifMatch = headers["if-match"];
  // 13.1.1: "An origin server MUST use the strong comparison function when comparing entity tags for If-Match".
  if (ifMatch !== undefined && !isStrongMatch(ifMatch, etag))
    throw new Refusal("precondition_failed", { detail: NOT_AS_SUPPOSED });
  // 13.1.5: "A server that evaluates If-Range MUST ignore the Range header field when the condition evaluates as
  // false." A date stays for `send`: an archive never changes.
  const ifRange = headers["if-range"];
  if (typeof ifRange === "string" && ifRange.includes('"') && ifRange.trim() !== etag) delete headers.range;
}

function isStrongMatch(ifMatch: string, etag: string): boolean {
  const tags = ifMatch.split(",").map((tag) => tag.trim());
  return ifMatch.trim() === "*" || tags.includes(etag);
}

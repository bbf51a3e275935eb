import { randomBytes, randomInt } from "node:crypto";
import { deriveHex } from "#platform/crypto.ts";

export const SIGN_IN_LIFETIME_MS = 15 * 60 * 1000;
/** Codes tried against one request, right one included. */
export const MAX_CODE_TRIES = 5;

export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

export function createCode(): string {
  return String(randomInt(1_000_000)).padStart(6, "0");
}

export function tokenDigest(secretKey: string, token: string): string {
  return deriveHex(secretKey, "sign-in-token", token);
}

/** Bound to its request: a table of the million codes' digests opens nothing. */
export function codeDigest(secretKey: string, requestId: string, code: string): string {
  return deriveHex(secretKey, "sign-in-code", requestId, code);
}

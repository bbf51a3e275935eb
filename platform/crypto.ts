import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** A 256-bit value bound to its purpose and parts, in hex: HMAC-SHA-256 of them under the root secret. */
export function deriveHex(secretKey: string, purpose: string, ...parts: (string | number)[]): string {
  return createHmac("sha256", secretKey)
    .update(JSON.stringify([purpose, ...parts]))
    .digest("hex");
}

/** Compares two texts in a time that does not depend on where they differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function encryptionKey(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secretKey, "", `seal:${purpose}`, 32));
}

/** Encrypts a text at rest with AES-256-GCM; `purpose` keeps one use's sealed texts from opening in another. */
export function seal(secretKey: string, purpose: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", encryptionKey(secretKey, purpose), iv);
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString("base64url");
}

/** Opens what `seal` made; throws when it was made with another key, for another purpose, or was altered. */
export function unseal(secretKey: string, purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", encryptionKey(secretKey, purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
}

import { deriveHex, equalInConstantTime } from "#platform/crypto.ts";

export interface KeyOwner {
  readonly rne: string;
  readonly cycle: number;
  readonly keyVersion: number;
}

/** The establishment key: 256 bits in hex, derived, so that nothing which opens a door is stored. */
export function deriveEstablishmentKey(secretKey: string, owner: KeyOwner): string {
  return deriveHex(secretKey, "establishment-key", owner.rne, owner.cycle, owner.keyVersion);
}

/** `{expiry in ms, base 36}.{MAC}`: dies with its date, with the key's version and with the cycle. */
export function createUploadToken(secretKey: string, owner: KeyOwner, expiresAt: Date): string {
  const expiry = expiresAt.getTime().toString(36);
  return `${expiry}.${uploadTokenMac(secretKey, owner, expiry)}`;
}

export function isLiveUploadToken(secretKey: string, owner: KeyOwner, token: string, now: Date): boolean {
  const [expiry = "", mac = "", ...others] = token.split(".");
  const isGenuine = equalInConstantTime(mac, uploadTokenMac(secretKey, owner, expiry));
  return isGenuine && others.length === 0 && Number.parseInt(expiry, 36) > now.getTime();
}

function uploadTokenMac(secretKey: string, { rne, cycle, keyVersion }: KeyOwner, expiry: string): string {
  return deriveHex(secretKey, "upload-token", rne, cycle, keyVersion, expiry);
}

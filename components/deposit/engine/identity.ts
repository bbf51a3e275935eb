import { IDENTITY_SAMPLE_BYTES } from "./limits.ts";

/**
 * SHA-256, in lower-case hex, of (size as decimal ‖ first MiB ‖ last MiB): what tells one base file from another
 * without reading it whole. Null where the browser offers no cryptography (an address without HTTPS).
 */
export async function computeIdentity(file: Blob): Promise<string | null> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return null;
  const sample = new Blob([
    String(file.size),
    file.slice(0, IDENTITY_SAMPLE_BYTES),
    file.slice(Math.max(0, file.size - IDENTITY_SAMPLE_BYTES)),
  ]);
  const digest = await subtle.digest("SHA-256", await sample.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * True when the file on the disk is no longer the one that was chosen: written to, moved, or deleted. Reads at
 * `atBytes` as well: a zip made of a folder may have changed there alone.
 */
export async function hasFileChanged(file: File, identity: string | null, atBytes: number): Promise<boolean> {
  try {
    await file.slice(atBytes, atBytes + 1).arrayBuffer();
    return identity !== null && (await computeIdentity(file)) !== identity;
  } catch {
    return true;
  }
}

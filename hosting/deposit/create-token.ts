import type { UploadToken } from "#contract/deposit.ts";
import { createUploadToken } from "#hosting/access/keys.ts";
import type { HostingContext } from "#hosting/context.ts";
import type { Establishment } from "#prisma/generated/client.ts";

const LIFETIME_MS = 60 * 60 * 1000;

/** Makes a token that opens this establishment's deposit for an hour, and nothing else. */
export function issueUploadToken(context: HostingContext, establishment: Establishment): UploadToken {
  const expiresAt = new Date(context.clock.now().getTime() + LIFETIME_MS);
  const token = createUploadToken(context.settings.SECRET_KEY, establishment, expiresAt);
  const fragment = `rne=${establishment.rne}&token=${token}`;
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    embedUrl: `${context.settings.PUBLIC_URL}/embed/upload#${fragment}`,
  };
}

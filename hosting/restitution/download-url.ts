import type { HostingContext } from "#hosting/context.ts";
import { deriveHex, equalInConstantTime } from "#platform/crypto.ts";
import type { Download } from "#prisma/generated/client.ts";

type Signed = Pick<Download, "id" | "expiresAt">;

function signature(context: HostingContext, { id, expiresAt }: Signed): string {
  return deriveHex(context.settings.SECRET_KEY, "download", id, expiresAt.getTime());
}

/** The address of an archive: its last segment but one signs the archive and its end of life, nothing else. */
export function downloadUrl(context: HostingContext, download: Signed & Pick<Download, "fileName">): string {
  const name = encodeURIComponent(download.fileName);
  return `${context.settings.PUBLIC_URL}/api/v1/downloads/${download.id}/${signature(context, download)}/${name}`;
}

export function isGenuineDownload(context: HostingContext, download: Signed, presented: string): boolean {
  return equalInConstantTime(presented, signature(context, download));
}

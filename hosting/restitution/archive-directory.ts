import { join } from "node:path";
import type { HostingContext } from "#hosting/context.ts";

/** Where one hosting's archives lie until their date. */
export function archiveDirectory(
  context: HostingContext,
  { rne, cycle }: { rne: string; cycle: number },
): string {
  return join(context.settings.DATA_DIR, "archives", rne, String(cycle));
}

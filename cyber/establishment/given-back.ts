import { z } from "zod";
import type { EstablishmentView } from "#contract/establishment.ts";

/** `since` says of which end: a school may begin again and end again. `baseName` is null for a file that was no base. */
const GivenBackSchema = z.object({
  since: z.iso.datetime(),
  files: z.array(
    z.object({ baseName: z.string().nullable(), sizeBytes: z.number().int(), sha256: z.string() }),
  ),
});
type GivenBack = z.infer<typeof GivenBackSchema>;
export type GivenBackFile = GivenBack["files"][number];

function findGivenBack(stored: unknown, view: EstablishmentView): GivenBack | null {
  const parsed = GivenBackSchema.safeParse(stored);
  return parsed.success && view.state === "BCDIDELETED" && parsed.data.since === view.since
    ? parsed.data
    : null;
}

/**
 * What a certificate goes on saying once nothing can be downloaded: the host then forgets what it gave back. The names
 * of files do not stay, they may name people; those of bases are folders on a server.
 */
export function keepGivenBack(stored: unknown, view: EstablishmentView): GivenBack | null {
  const found = findGivenBack(stored, view);
  if (found || view.state !== "BCDIDELETED" || view.downloads.length === 0) return found;
  const mounted = view.bases.flatMap(({ name, status }) => (status === "mounted" && name ? [name] : []));
  return {
    since: view.since,
    files: view.downloads.map(({ fileName, size, sha256 }) => ({
      ...{ sizeBytes: size, sha256 },
      baseName: mounted.find((name) => `${name}.zip` === fileName) ?? null,
    })),
  };
}

/** Empty where that was never learnt. */
export function listGivenBack(stored: unknown, view: EstablishmentView | null): readonly GivenBackFile[] {
  return (view && findGivenBack(stored, view)?.files) ?? [];
}

import { z } from "zod";

const LicenceSchema = z.object({ griffe: z.string(), code: z.string(), version: z.string() });

/** A change that the host is carrying out: what the page shows during BCDIALTER. */
export const PendingChangeSchema = z.object({
  from: LicenceSchema,
  to: LicenceSchema,
  requestedAt: z.iso.datetime(),
});
export type PendingChange = z.infer<typeof PendingChangeSchema>;

export function parsePendingChange(stored: unknown): PendingChange | null {
  const parsed = PendingChangeSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

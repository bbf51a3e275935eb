import { z } from "zod";
import { ConnectionSchema } from "#contract/establishment.ts";

/** What the command prints on standard output, as JSON, for the operations that have an answer. */
export const OpenedSchema = ConnectionSchema.omit({ client: true });

export const ArchivedSchema = z.object({
  archives: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      sizeBytes: z.number().int(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** Operations without an answer may print nothing. */
export const NothingSchema = z.unknown();

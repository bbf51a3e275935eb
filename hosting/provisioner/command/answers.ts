import { isAbsolute } from "node:path";
import { z } from "zod";
import { ConnectionSchema } from "#contract/establishment.ts";

/** What the command prints on standard output, as JSON, for the operations that have an answer. */
export const OpenedSchema = ConnectionSchema.omit({ client: true });

export const ArchivedSchema = z.object({
  archives: z
    .array(
      z.object({
        // It names a file.
        name: z.string().regex(/^[^/\\\p{Cc}]{1,200}$/u),
        path: z.string().refine(isAbsolute, { error: "must be an absolute path" }),
        sizeBytes: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .refine((archives) => new Set(archives.map(({ name }) => name)).size === archives.length, {
      error: "must name every base once",
    }),
});

/** Operations without an answer may print nothing, or any JSON. */
export const NothingSchema = z.unknown().refine((value) => value !== undefined, { error: "must be JSON" });

import { z } from "zod";
import { IncidentProblemSchema } from "./problem.ts";

/** Most files in one deposit. */
export const DEPOSIT_MAX_FILES = 16;

/** How many bytes at each end of a file its `identity` covers. */
export const IDENTITY_SAMPLE_BYTES = 1024 * 1024;

export const BASE_ROLES = ["main", "secondary"] as const;

/** One base file of a deposit. `size` and `received` in bytes; `sha256` of what arrived, once checked. */
export const BaseSchema = z.object({
  id: z.string(),
  role: z.enum(BASE_ROLES),
  name: z.string().nullable(),
  fileName: z.string(),
  size: z.number().int(),
  received: z.number().int(),
  sha256: z.string().nullable(),
  status: z.enum(["receiving", "received", "mounted", "rejected"]),
  problem: IncidentProblemSchema.nullable(),
});
export type Base = z.infer<typeof BaseSchema>;

/**
 * A base file as the deposit lists it: with what lets any computer find a half-sent file again.
 * `identity` = SHA-256, in hex, of (size as decimal ‖ first MiB ‖ last MiB), when the sender gave it.
 */
export const DepositFileSchema = BaseSchema.extend({
  identity: z.string().nullable(),
  lastActivityAt: z.iso.datetime(),
});
export type DepositFile = z.infer<typeof DepositFileSchema>;

/** Answer of `GET /establishments/{rne}/deposit`, in order: the first file is the main base. */
export const DepositSchema = z.object({
  files: z.array(DepositFileSchema),
  complete: z.boolean(),
  problems: z.array(IncidentProblemSchema),
});
export type Deposit = z.infer<typeof DepositSchema>;

/** Body of `PUT /establishments/{rne}/deposit`: every file's id, once, in the wanted order. */
export const DepositOrderSchema = z.strictObject({
  order: z.array(z.uuid({ error: "Un identifiant de fichier n’est pas valable." })).max(DEPOSIT_MAX_FILES),
});

/** Answer of `POST /establishments/{rne}/upload-tokens`. */
export const UploadTokenSchema = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  embedUrl: z.string(),
});
export type UploadToken = z.infer<typeof UploadTokenSchema>;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/i);

/** What `Upload-Metadata` may carry at the creation of a base file; other keys are ignored, as tus asks. */
export const UploadMetadataSchema = z.object({
  filename: z
    .string()
    .trim()
    .min(1)
    .max(255)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .refine((name) => !/[\u0000-\u001f\u007f/\\]/.test(name))
    // Folders, on every disk and in every address.
    .refine((name) => name !== "." && name !== ".."),
  role: z.enum(BASE_ROLES).optional(),
  sha256: sha256Hex.optional(),
  identity: sha256Hex.optional(),
});

import { z } from "zod";
import { BaseSchema } from "./deposit.ts";
import { IncidentProblemSchema } from "./problem.ts";
import { RneSchema } from "./rne.ts";
import { StateSchema } from "./states.ts";

const instant = z.iso.datetime();
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

/** The licence's name, set by the publisher: free text of 1 to 100 characters on one line. */
export const GriffeSchema = z
  .string({ error: "La griffe est attendue." })
  .trim()
  .min(1, { error: "La griffe est attendue." })
  .max(100, { error: "La griffe compte au plus 100\u00a0caractères." })
  .refine((value) => !CONTROL_CHARACTERS.test(value), {
    error: "La griffe contient un caractère qui ne s’imprime pas.",
  });

/** The licence's code: eight capital letters. */
export const LicenceCodeSchema = z.string({ error: "Le code est attendu." }).regex(/^[A-Z]{8}$/, {
  error: "Le code se compose de huit lettres majuscules, sans accent.",
});

/** CL (collège-lycée) or SP (spécial). */
export const VersionSchema = z.enum(["CL", "SP"], {
  error: "Le type de version est CL (collège-lycée) ou SP (spécial).",
});

/** Body of `POST /establishments`. */
export const CreateEstablishmentSchema = z.strictObject({
  rne: RneSchema,
  griffe: GriffeSchema,
  code: LicenceCodeSchema,
  version: VersionSchema,
});
export type CreateEstablishment = z.infer<typeof CreateEstablishmentSchema>;

/** Body of `PUT /establishments/{rne}`: at least one of the three. */
export const EstablishmentChangesSchema = z
  .strictObject({
    griffe: GriffeSchema.optional(),
    code: LicenceCodeSchema.optional(),
    version: VersionSchema.optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    error: "Indiquez au moins une donnée à modifier\u202f: griffe, code ou type de version.",
  });
export type EstablishmentChanges = z.infer<typeof EstablishmentChangesSchema>;

/** What a BCDI client needs to reach the server ("interconnexion"). */
export const ConnectionSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  serverName: z.string(),
  serverVersion: z.string(),
  bases: z.array(z.object({ name: z.string(), role: z.enum(["main", "secondary"]) })),
  client: z.object({ url: z.string(), version: z.string(), sha256: z.string() }),
});
export type Connection = z.infer<typeof ConnectionSchema>;

/** An archive to download after the deletion. `size` in bytes; `url` is signed and expires. */
export const DownloadSchema = z.object({
  fileName: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  url: z.string(),
  expiresAt: instant,
});
export type Download = z.infer<typeof DownloadSchema>;

/** The view of an establishment: the answer of nearly every call. Instants are UTC ISO 8601, sizes bytes. */
export const EstablishmentViewSchema = z.object({
  rne: z.string(),
  griffe: z.string(),
  code: z.string(),
  version: VersionSchema,
  state: StateSchema,
  stateCode: z.string(),
  since: instant,
  actor: z.enum(["hosting", "establishment", "nobody"]),
  nextStep: z.object({ state: StateSchema, estimatedAt: instant, latestAt: instant }).nullable(),
  history: z.array(z.object({ state: StateSchema, at: instant })),
  bases: z.array(BaseSchema),
  connection: ConnectionSchema.nullable(),
  downloads: z.array(DownloadSchema),
  problem: IncidentProblemSchema.nullable(),
});
export type EstablishmentView = z.infer<typeof EstablishmentViewSchema>;

/** Answer of `POST /establishments`: the view and the establishment key. */
export const CreatedEstablishmentSchema = EstablishmentViewSchema.extend({ key: z.string() });
export type CreatedEstablishment = z.infer<typeof CreatedEstablishmentSchema>;

/** Answer of `POST /establishments/{rne}/key`. */
export const RotatedKeySchema = z.object({ key: z.string() });

/** Answer of `GET /establishments`: the changes feed, oldest change first. */
export const ChangesSchema = z.object({
  items: z.array(z.object({ rne: z.string(), state: StateSchema, stateCode: z.string(), since: instant })),
  nextCursor: z.string(),
});
export type Changes = z.infer<typeof ChangesSchema>;

/** Query of `GET /establishments`. */
export const ChangesQuerySchema = z.strictObject({
  changedSince: z
    .string()
    .regex(/^\d{1,18}$/, { error: "Ce curseur n’est pas de ceux que l’API a donnés." })
    .optional(),
  limit: z.coerce
    .number({ error: "La limite est un nombre de 1 à 1000." })
    .int({ error: "La limite est un nombre de 1 à 1000." })
    .min(1, { error: "La limite est un nombre de 1 à 1000." })
    .max(1000, { error: "La limite est un nombre de 1 à 1000." })
    .default(200),
});
export type ChangesQuery = z.infer<typeof ChangesQuerySchema>;

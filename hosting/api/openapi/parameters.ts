import { z } from "zod";
import { ChangesQuerySchema } from "#contract/establishment.ts";
import type { ParameterObject, ParameterText } from "./types.ts";

const query = z.toJSONSchema(ChangesQuerySchema, { io: "input" }).properties ?? {};
const ofQuery = (name: keyof typeof ChangesQuerySchema.shape) => {
  const schema = query[name];
  return typeof schema === "object" ? schema : {};
};

/** The parts of the addresses, each once. */
const PATH_PARAMETERS: Record<string, Omit<ParameterObject, "name" | "in" | "required">> = {
  rne: {
    description: "Le RNE de l’établissement.",
    schema: { type: "string", pattern: "^\\d{7}[A-HJ-NPR-Z]$" },
    example: "0350024L",
  },
  id: {
    description: "L’identifiant du fichier, tel que sa création ou l’état du dépôt le donne.",
    schema: { type: "string", format: "uuid" },
  },
  downloadId: {
    description: "L’identifiant de l’archive.",
    schema: { type: "string", format: "uuid" },
  },
  signature: {
    description: "Ce qui signe l’adresse et sa date de fin.",
    schema: { type: "string", pattern: "^[0-9a-f]{64}$" },
  },
  fileName: { description: "Le nom de l’archive.", schema: { type: "string", minLength: 1 } },
};

/** The parameters that an address's template names. */
export function listPathParameters(path: string): ParameterObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    const text = PATH_PARAMETERS[name];
    if (!text) throw new Error(`no description of {${name}}`);
    return { name, in: "path", required: true, ...text };
  });
}

export const CHANGED_SINCE: ParameterText = {
  name: "changedSince",
  in: "query",
  description: "Le curseur de la page précédente. Absent pour tout lire depuis le début.",
  schema: ofQuery("changedSince"),
};
export const LIMIT: ParameterText = {
  name: "limit",
  in: "query",
  description: "Nombre d’établissements par page, de 1 à 1000.",
  schema: ofQuery("limit"),
};
export const IF_NONE_MATCH: ParameterText = {
  name: "If-None-Match",
  in: "header",
  description: "L’étiquette ETag déjà connue\u202f: si rien n’a changé, la réponse est 304, sans corps.",
  schema: { type: "string" },
};
export const RANGE: ParameterText = {
  name: "Range",
  in: "header",
  description: "Le morceau voulu, pour reprendre un téléchargement interrompu.",
  schema: { type: "string" },
  example: "bytes=1048576-",
};
export const TUS_RESUMABLE: ParameterText = {
  name: "Tus-Resumable",
  in: "header",
  isRequired: true,
  description: "La version du protocole tus.",
  schema: { const: "1.0.0" },
  example: "1.0.0",
};
export const UPLOAD_LENGTH: ParameterText = {
  name: "Upload-Length",
  in: "header",
  isRequired: true,
  description: "Taille du fichier entier, en octets.",
  schema: { type: "integer", minimum: 0 },
  example: 1048576,
};
export const UPLOAD_METADATA: ParameterText = {
  name: "Upload-Metadata",
  in: "header",
  isRequired: true,
  description:
    "Paires «\u202fnom valeur-en-base64\u202f» séparées par des virgules\u202f: filename (obligatoire), role (main ou secondary), sha256 et identity (64\u00a0chiffres hexadécimaux). Les autres noms sont ignorés.",
  schema: { type: "string" },
  example: "filename ZGF0YS56aXA=,role bWFpbg==",
};
export const UPLOAD_OFFSET: ParameterText = {
  name: "Upload-Offset",
  in: "header",
  isRequired: true,
  description: "Où commence ce morceau\u202f: exactement ce que le serveur a déjà reçu.",
  schema: { type: "integer", minimum: 0 },
  example: 0,
};

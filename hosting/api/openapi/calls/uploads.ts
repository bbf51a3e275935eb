import {
  TUS_RESUMABLE,
  UPLOAD_LENGTH,
  UPLOAD_METADATA,
  UPLOAD_OFFSET,
} from "#hosting/api/openapi/parameters.ts";
import type { ApiCall, Success } from "#hosting/api/openapi/types.ts";

const FILES = "/establishments/{rne}/bases";
const FILE = "/establishments/{rne}/bases/{id}";
const OFFSET_STREAM = "application/offset+octet-stream";
const CREDENTIALS = ["establishmentKey", "uploadToken"] as const;

const PROTOCOL: Success = {
  description: "Ce que le serveur sait faire.",
  headers: ["Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size"],
};

/** tus 1.0 (https://tus.io/protocols/resumable-upload). */
export const UPLOAD_CALLS: readonly ApiCall[] = [
  {
    operationId: "createUpload",
    method: "post",
    path: FILES,
    tag: "depot",
    summary: "Créer un fichier dans le dépôt (tus)",
    description:
      "Annonce un fichier\u202f; les octets suivent par PATCH, ou dès cette demande. Possible tant que le dépôt est ouvert (BCDIDBWAIT, BCDIUPLOADEDERROR). Redite, la demande crée un autre fichier. Un fichier qui porte le nom d’un fichier refusé prend sa place.",
    credentials: CREDENTIALS,
    parameters: [TUS_RESUMABLE, UPLOAD_LENGTH, UPLOAD_METADATA],
    body: {
      mediaType: OFFSET_STREAM,
      isRequired: false,
      description: "Les premiers octets du fichier, si l’on veut (extension creation-with-upload).",
    },
    successes: {
      201: {
        description: "Le fichier est créé.",
        headers: ["Location", "Tus-Resumable"],
      },
    },
    refusals: [
      ...([
        "unauthorized",
        "request_timeout",
        "state_conflict",
        "precondition_failed",
        "file_too_large",
      ] as const),
      ...(["too_many_files", "invalid_request", "insufficient_storage"] as const),
    ],
  },
  {
    operationId: "describeUploads",
    method: "options",
    path: FILES,
    tag: "depot",
    summary: "Connaître le protocole d’envoi (tus)",
    description: "Les versions et extensions de tus, et la plus grande taille admise.",
    credentials: [],
    successes: { 204: PROTOCOL },
    refusals: [],
  },
  {
    operationId: "readUpload",
    method: "head",
    path: FILE,
    tag: "depot",
    summary: "Savoir où reprendre (tus)",
    description: "Upload-Offset donne ce qui est à l’abri\u202f: l’envoi reprend là.",
    credentials: CREDENTIALS,
    parameters: [TUS_RESUMABLE],
    successes: {
      200: {
        description: "L’avancement du fichier.",
        headers: ["Upload-Offset", "Upload-Length", "Upload-Metadata", "Tus-Resumable"],
      },
    },
    refusals: ["unauthorized", "not_found", "precondition_failed", "invalid_request", "upload_locked"],
  },
  {
    operationId: "sendPart",
    method: "patch",
    path: FILE,
    tag: "depot",
    summary: "Envoyer un morceau (tus)",
    description:
      "Répond une fois les octets à l’abri sur le disque. Là où PATCH ne passe pas, POST avec X-HTTP-Method-Override: PATCH fait de même. Ce qui est arrivé avant une coupure est gardé.",
    credentials: CREDENTIALS,
    parameters: [TUS_RESUMABLE, UPLOAD_OFFSET],
    body: {
      mediaType: OFFSET_STREAM,
      isRequired: true,
      description: "Les octets, à partir d’Upload-Offset.",
    },
    successes: {
      204: { description: "Les octets sont à l’abri.", headers: ["Upload-Offset", "Tus-Resumable"] },
    },
    refusals: [
      ...(["unauthorized", "not_found", "request_timeout", "offset_conflict", "state_conflict"] as const),
      ...(["precondition_failed", "file_too_large", "unsupported_media_type", "invalid_request"] as const),
      ...(["upload_locked", "insufficient_storage"] as const),
    ],
  },
  {
    operationId: "removeUpload",
    method: "delete",
    path: FILE,
    tag: "depot",
    summary: "Retirer un fichier du dépôt (tus)",
    description: "Possible tant que le dépôt est ouvert, que le fichier soit entièrement reçu ou non.",
    credentials: CREDENTIALS,
    successes: { 204: { description: "Le fichier est retiré.", headers: ["Tus-Resumable"] } },
    refusals: ["unauthorized", "not_found", "state_conflict", "upload_locked"],
  },
  {
    operationId: "describeUpload",
    method: "options",
    path: FILE,
    tag: "depot",
    summary: "Connaître le protocole d’envoi d’un fichier (tus)",
    description: "Les versions et extensions de tus, et la plus grande taille admise.",
    credentials: [],
    successes: { 204: PROTOCOL },
    refusals: [],
  },
];

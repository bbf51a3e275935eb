import type { ApiCall } from "#hosting/api/openapi/types.ts";
import { DEPOSIT_CALLS } from "./deposits.ts";
import { DOWNLOAD_CALLS } from "./downloads.ts";
import { ESTABLISHMENT_CALLS } from "./establishments.ts";
import { UPLOAD_CALLS } from "./uploads.ts";

const DOCUMENT_CALL: ApiCall = {
  operationId: "readDescription",
  method: "get",
  path: "/openapi.json",
  tag: "description",
  summary: "Lire cette description",
  description: "La description de l’API au format OpenAPI 3.1, pour les outils.",
  credentials: [],
  successes: { 200: { description: "La description.", schema: "OpenApi" } },
  refusals: [],
};

/** Every call of the API: the one table from which the document is built. */
export const API_CALLS: readonly ApiCall[] = [
  ...ESTABLISHMENT_CALLS,
  ...DEPOSIT_CALLS,
  ...UPLOAD_CALLS,
  ...DOWNLOAD_CALLS,
  DOCUMENT_CALL,
];

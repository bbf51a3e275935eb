import { IF_NONE_MATCH, RANGE } from "#hosting/api/openapi/parameters.ts";
import type { ApiCall, Success } from "#hosting/api/openapi/types.ts";

const PATH = "/downloads/{downloadId}/{signature}/{fileName}";
const HEADERS = ["ETag", "Accept-Ranges", "Content-Disposition"] as const;
const UNCHANGED: Success = { description: "L’archive est celle que vous avez déjà.", headers: ["ETag"] };
const PART = { description: "Le morceau demandé.", headers: [...HEADERS, "Content-Range"] } as const;
const REFUSALS = ["not_found", "gone", "precondition_failed", "invalid_request"] as const;
// RFC 9110, 15.5.17: a range beyond the end.
const REFUSAL_STATUSES = { invalid_request: 416 } as const;

export const DOWNLOAD_CALLS: readonly ApiCall[] = [
  {
    operationId: "downloadArchive",
    method: "get",
    path: PATH,
    tag: "restitution",
    summary: "Télécharger une archive",
    description:
      "Une base, après la suppression. L’adresse, que donne downloads[].url, vaut autorisation jusqu’à sa date de fin\u202f: aucun en-tête d’accès n’est attendu.",
    credentials: [],
    parameters: [RANGE, IF_NONE_MATCH],
    successes: {
      200: { description: "L’archive.", headers: HEADERS, mediaType: "application/zip" },
      206: { ...PART, mediaType: "application/zip" },
      304: UNCHANGED,
    },
    refusals: REFUSALS,
    refusalStatuses: REFUSAL_STATUSES,
  },
  {
    operationId: "describeArchive",
    method: "head",
    path: PATH,
    tag: "restitution",
    summary: "Connaître une archive sans la télécharger",
    description: "Les mêmes en-têtes que le téléchargement, sans le corps.",
    credentials: [],
    parameters: [RANGE, IF_NONE_MATCH],
    successes: { 200: { description: "L’archive existe.", headers: HEADERS }, 206: PART, 304: UNCHANGED },
    refusals: REFUSALS,
    refusalStatuses: REFUSAL_STATUSES,
  },
];

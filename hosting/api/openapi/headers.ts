import type { HeaderObject } from "./types.ts";

const wholeNumber = { type: "integer", minimum: 0 } as const;
const text = { type: "string" } as const;

/** The headers of the answers, each once. */
export const HEADERS = {
  ETag: {
    description:
      "L’étiquette de cette réponse, à renvoyer dans If-None-Match pour ne recevoir que ce qui a changé.",
    schema: text,
  },
  "Retry-After": {
    description: "Nombre de secondes au bout desquelles il devient utile de redemander.",
    schema: wholeNumber,
  },
  Location: { description: "L’adresse relative du fichier créé, pour les appels suivants.", schema: text },
  "Tus-Resumable": { description: "La version du protocole tus.", schema: { const: "1.0.0" } },
  "Tus-Version": { description: "Les versions de tus que le serveur parle.", schema: { const: "1.0.0" } },
  "Tus-Extension": { description: "Les extensions de tus que le serveur parle.", schema: text },
  "Tus-Max-Size": { description: "Taille du plus grand fichier admis, en octets.", schema: wholeNumber },
  "Upload-Offset": {
    description: "Nombre d’octets reçus et mis à l’abri sur le disque\u202f: l’envoi reprend là.",
    schema: wholeNumber,
  },
  "Upload-Length": { description: "Taille du fichier entier, en octets.", schema: wholeNumber },
  "Upload-Metadata": { description: "Les indications données à la création du fichier.", schema: text },
  Allow: { description: "Les méthodes que cette adresse admet.", schema: text },
  "WWW-Authenticate": { description: "Le genre d’accès attendu\u202f: Bearer.", schema: text },
  "Accept-Ranges": {
    description: "L’archive peut être demandée par morceaux (Range).",
    schema: { const: "bytes" },
  },
  "Content-Range": { description: "Le morceau servi, et la taille de l’ensemble.", schema: text },
  "Content-Disposition": { description: "Le nom du fichier à enregistrer.", schema: text },
} as const satisfies Record<string, HeaderObject>;

export type HeaderName = keyof typeof HEADERS;

import { EXAMPLES } from "./examples.ts";
import { refTo } from "./schemas.ts";
import type { ParameterObject, PathItem } from "./types.ts";

const header = (name: string, description: string, example: string): ParameterObject => ({
  ...{ name, in: "header", required: true, description, schema: { type: "string" }, example },
});

/** Standard Webhooks (https://www.standardwebhooks.com). */
export const WEBHOOKS: Record<string, PathItem> = {
  "establishment.state_changed": {
    post: {
      operationId: "receiveStateChange",
      tags: ["etablissements"],
      summary: "Un hébergement a changé d’état",
      description:
        "Envoyé à votre adresse après chaque changement d’état, au moins une fois, et renvoyé pendant trois jours tant que vous ne répondez pas 2xx dans les quinze secondes. L’événement est une indication\u202f: vérifiez sa signature, notez-le durablement, répondez, puis relisez l’établissement. Deux envois du même événement portent le même webhook-id.",
      security: [],
      parameters: [
        header("webhook-id", "L’identifiant de l’événement, le même à chaque nouvel essai.", "evt_5f3f8c0e"),
        header("webhook-timestamp", "L’instant de l’envoi, en secondes depuis 1970.", "1795428300"),
        header(
          "webhook-signature",
          "«\u202fv1,\u202f» puis, en base64, le HMAC-SHA256 de «\u202fwebhook-id.webhook-timestamp.corps\u202f».",
          "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
        ),
      ],
      requestBody: {
        description: "L’événement.",
        required: true,
        content: {
          "application/json": {
            schema: refTo("StateChangedEvent"),
            example: EXAMPLES.StateChangedEvent,
          },
        },
      },
      responses: {
        "2XX": { description: "Reçu\u202f: l’événement ne sera plus envoyé." },
        default: { description: "Toute autre réponse\u202f: l’événement sera renvoyé plus tard." },
      },
    },
  },
};

import { CHANGED_SINCE, IF_NONE_MATCH, LIMIT } from "#hosting/api/openapi/parameters.ts";
import type { ApiCall } from "#hosting/api/openapi/types.ts";

const VIEW = { description: "L’établissement, tel qu’il est désormais.", schema: "Establishment" } as const;

export const ESTABLISHMENT_CALLS: readonly ApiCall[] = [
  {
    operationId: "createEstablishment",
    method: "post",
    path: "/establishments",
    tag: "etablissements",
    summary: "Créer un établissement",
    description:
      "Crée l’hébergement et donne la clé de l’établissement. Redite avec les mêmes données, la demande donne la même réponse et la même clé. Tous les refus portent le statut 404 et se distinguent par leur code (unauthorized, invalid_request, already_exists)\u202f; un 404 d’un autre code (not_found), ou sans document de problème, signale une adresse erronée.",
    credentials: ["platformKey"],
    body: {
      schema: "CreateEstablishment",
      mediaType: "application/json",
      isRequired: true,
      description: "Les données de l’établissement.",
    },
    successes: {
      200: { description: "L’établissement, avec sa clé.", schema: "CreatedEstablishment" },
    },
    refusals: ["unauthorized", "invalid_request", "already_exists"],
    refusalStatuses: { unauthorized: 404, invalid_request: 404, already_exists: 404 },
  },
  {
    operationId: "listChanges",
    method: "get",
    path: "/establishments",
    tag: "etablissements",
    summary: "Lire le fil des changements",
    description:
      "Les établissements qui ont changé d’état depuis un curseur, le changement le plus ancien d’abord. Une lecture régulière coûte ainsi ce qui a changé, et non ce qui existe.",
    credentials: ["platformKey"],
    parameters: [CHANGED_SINCE, LIMIT],
    successes: { 200: { description: "Une page du fil.", schema: "Changes" } },
    refusals: ["unauthorized", "invalid_request"],
  },
  {
    operationId: "readEstablishment",
    method: "get",
    path: "/establishments/{rne}",
    tag: "etablissements",
    summary: "Lire un établissement",
    description:
      "L’état du déploiement et tout ce qui s’y rapporte. Retry-After dit quand il devient utile de relire.",
    credentials: ["platformKey", "establishmentKey"],
    parameters: [IF_NONE_MATCH],
    successes: {
      200: {
        description: "L’établissement.",
        headers: ["ETag", "Retry-After"],
        schema: "Establishment",
      },
      304: { description: "Rien n’a changé.", headers: ["ETag", "Retry-After"] },
    },
    refusals: ["unauthorized", "not_found"],
  },
  {
    operationId: "renewKey",
    method: "post",
    path: "/establishments/{rne}/key",
    tag: "etablissements",
    summary: "Remplacer la clé d’un établissement",
    description:
      "Donne une clé neuve. L’ancienne, et les jetons de dépôt faits avec elle, n’ouvrent plus rien. Redite, la demande remplace aussi la clé qu’elle vient de donner.",
    credentials: ["platformKey"],
    successes: { 200: { description: "La nouvelle clé.", schema: "RotatedKey" } },
    refusals: ["unauthorized", "not_found"],
  },
  {
    operationId: "changeEstablishment",
    method: "put",
    path: "/establishments/{rne}",
    tag: "modifications",
    summary: "Modifier la licence",
    description:
      "Demande d’autres données de licence\u202f: l’hébergement passe à BCDIALTER, puis revient à l’état d’où il vient une fois la modification effective. Possible en BCDIDBWAIT et en BCDIREADY.",
    credentials: ["establishmentKey"],
    body: {
      schema: "EstablishmentChanges",
      mediaType: "application/json",
      isRequired: true,
      description: "Les données à changer.",
    },
    successes: { 200: VIEW },
    refusals: [
      "unauthorized",
      "invalid_request",
      "unsupported_media_type",
      "body_too_large",
      "state_conflict",
    ],
  },
  {
    operationId: "deleteEstablishment",
    method: "delete",
    path: "/establishments/{rne}",
    tag: "modifications",
    summary: "Demander la suppression",
    description:
      "L’hébergement passe à BCDIDELETE. La suppression a lieu après le délai d’annulation, une fois les bases archivées et vérifiées. Redite, la demande donne la même réponse.",
    credentials: ["establishmentKey"],
    successes: { 200: VIEW },
    refusals: ["unauthorized", "state_conflict"],
  },
  {
    operationId: "cancelDeletion",
    method: "post",
    path: "/establishments/{rne}/cancel-deletion",
    tag: "modifications",
    summary: "Annuler la suppression",
    description: "Tant que le délai d’annulation court, l’hébergement revient à l’état d’où il vient.",
    credentials: ["establishmentKey"],
    successes: { 200: VIEW },
    refusals: ["unauthorized", "state_conflict"],
  },
  {
    operationId: "retryStep",
    method: "post",
    path: "/establishments/{rne}/retry",
    tag: "modifications",
    summary: "Relancer l’étape en échec",
    description:
      "Depuis STARTERROR ou BCDIUPLOADEDERROR\u202f: l’étape est refaite, avec la même clé et les mêmes fichiers.",
    credentials: ["establishmentKey"],
    successes: { 200: VIEW },
    refusals: ["unauthorized", "state_conflict", "deposit_incomplete", "main_base_missing"],
  },
];

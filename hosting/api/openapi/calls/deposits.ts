import type { ApiCall } from "#hosting/api/openapi/types.ts";

export const DEPOSIT_CALLS: readonly ApiCall[] = [
  {
    operationId: "createUploadToken",
    method: "post",
    path: "/establishments/{rne}/upload-tokens",
    tag: "depot",
    summary: "Obtenir un jeton de dépôt",
    description:
      "Un jeton d’une heure, qui n’ouvre que le dépôt de cet établissement\u202f: c’est lui, et non la clé, qui va dans le navigateur. Un jeton vivant peut en demander un autre.",
    credentials: ["establishmentKey", "uploadToken"],
    successes: { 200: { description: "Le jeton.", schema: "UploadToken" } },
    refusals: ["unauthorized"],
  },
  {
    operationId: "readDeposit",
    method: "get",
    path: "/establishments/{rne}/deposit",
    tag: "depot",
    summary: "Lire le dépôt",
    description: "Les fichiers reçus ou en cours d’envoi, dans l’ordre, et ce qui ne va pas.",
    credentials: ["establishmentKey", "uploadToken"],
    successes: { 200: { description: "Le dépôt.", schema: "Deposit" } },
    refusals: ["unauthorized"],
  },
  {
    operationId: "orderDeposit",
    method: "put",
    path: "/establishments/{rne}/deposit",
    tag: "depot",
    summary: "Ordonner le dépôt",
    description:
      "Le premier fichier cité devient la base principale. Tous doivent être cités, une seule fois.",
    credentials: ["establishmentKey", "uploadToken"],
    body: {
      schema: "DepositOrder",
      mediaType: "application/json",
      isRequired: true,
      description: "L’ordre voulu.",
    },
    successes: { 200: { description: "Le dépôt, dans son nouvel ordre.", schema: "Deposit" } },
    refusals: [
      "unauthorized",
      "invalid_request",
      "unsupported_media_type",
      "body_too_large",
      "state_conflict",
    ],
  },
  {
    operationId: "completeDeposit",
    method: "post",
    path: "/establishments/{rne}/deposit/complete",
    tag: "depot",
    summary: "Remettre le dépôt",
    description:
      "Tous les fichiers sont arrivés\u202f: l’hébergement passe à BCDIDBUPLOADED, les bases sont vérifiées puis installées. Redite, la demande donne la même réponse.",
    credentials: ["establishmentKey", "uploadToken"],
    successes: { 200: { description: "L’établissement, tel qu’il est désormais.", schema: "Establishment" } },
    refusals: ["unauthorized", "state_conflict", "deposit_incomplete", "main_base_missing"],
  },
];

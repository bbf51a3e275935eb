import type { OpenApiDocument } from "./types.ts";

export const INTRODUCTION = [
  "Crée, suit, modifie et supprime l’hébergement BCDI des établissements, et reçoit leurs bases.",
  "Les réponses sont en JSON, les instants en UTC (ISO 8601), les tailles en octets. Des champs peuvent s’ajouter aux réponses\u202f: ignorez ceux que vous ne connaissez pas.",
  "Chaque refus est un document de problème (RFC 9457, application/problem+json)\u202f: son code est stable et destiné aux programmes, son detail est en français et peut être montré tel quel. Une clé absente ou fausse et un RNE inconnu donnent la même réponse 401. La création fait exception\u202f: tous ses refus portent le statut 404.",
  "Une adresse qui n’existe pas répond 404 (not_found), une méthode qu’elle n’admet pas 405 (method_not_allowed) avec Allow. Aucune clé ne voyage dans une adresse.",
].join("\n\n");

export const TAGS: OpenApiDocument["tags"] = [
  { name: "etablissements", description: "Créer et suivre" },
  { name: "modifications", description: "Modifier, relancer, supprimer" },
  { name: "depot", description: "Déposer les bases" },
  { name: "restitution", description: "Récupérer les bases après la suppression" },
  { name: "description", description: "Décrire l’API" },
];

export const SECURITY_SCHEMES: OpenApiDocument["components"]["securitySchemes"] = {
  platformKey: {
    type: "http",
    scheme: "bearer",
    description:
      "La clé de la plateforme, connue de la cyberlibrairie seule\u202f: elle crée les établissements, les lit tous et remplace leurs clés.",
  },
  establishmentKey: {
    type: "http",
    scheme: "bearer",
    description:
      "La clé d’un établissement, que donne sa création\u202f: tout ce qui le concerne, et lui seul.",
  },
  uploadToken: {
    type: "http",
    scheme: "bearer",
    description: "Un jeton de dépôt, valable une heure\u202f: le dépôt d’un établissement, et rien d’autre.",
  },
};

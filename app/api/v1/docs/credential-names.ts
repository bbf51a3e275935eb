/** How the credentials are called in French. */
export const CREDENTIAL_NAMES: Partial<Record<string, string>> = {
  platformKey: "clé de la plateforme",
  establishmentKey: "clé de l’établissement",
  uploadToken: "jeton de dépôt",
};

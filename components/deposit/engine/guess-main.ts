/** True for the names that BCDI and schools give to the main base's backup: `data`, "Sauvegarde base Principale"… */
export function looksLikeMainBase(fileName: string): boolean {
  const name = fileName.toLowerCase().replace(/\.zip$/, "");
  return /princip/.test(name) || /(^|[^a-z])data([^a-z]|$)/.test(name);
}

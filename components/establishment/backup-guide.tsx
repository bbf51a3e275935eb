import { fr } from "#components/ui/french.ts";

const STEPS = [
  "Fermez BCDI sur tous les postes, sauf celui d’où vous faites la sauvegarde.",
  "Dans BCDI, ouvrez la base principale, puis choisissez « Sauvegarder ».",
  "Attendez la fin de la sauvegarde : un fichier .zip est enregistré. Ne l’ouvrez pas et ne le modifiez pas.",
  "Recommencez pour chaque autre base que vous utilisez (travail personnel, manuels…).",
  "Déposez tous les fichiers obtenus ci-dessous. La base principale est celle qui contient le catalogue de votre CDI : elle vient en premier.",
] as const;

/** How to make each backup in BCDI, before the deposit. */
export function BackupGuide() {
  return (
    <details className="group rounded-lg border bg-muted/50 text-sm open:pb-4">
      <summary className="cursor-pointer rounded-lg px-4 py-3 font-medium">
        Comment sauvegarder mes bases dans BCDI{"\u202f"}?
      </summary>
      <ol className="ml-9 list-decimal space-y-1.5 pr-4">
        {STEPS.map((step) => (
          <li key={step}>{fr(step)}</li>
        ))}
      </ol>
    </details>
  );
}

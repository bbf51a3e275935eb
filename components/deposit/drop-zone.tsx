import { FilePlus2, UploadCloud } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { fr } from "#components/ui/french.ts";
import { CHOOSE_BUTTON_ID } from "./element-ids.ts";

/** A real button first, and a place to drop files on. */
export function DropZone({
  isDragActive,
  isCompact,
  onChoose,
}: {
  isDragActive: boolean;
  isCompact: boolean;
  onChoose: () => void;
}) {
  return (
    <section
      aria-label="Ajouter des fichiers"
      className={classNames(
        "flex items-center gap-4 rounded-xl border-2 border-dashed bg-card text-center transition-colors",
        isCompact ? "flex-col p-4 sm:flex-row sm:px-6 sm:text-left" : "flex-col px-4 py-8 sm:px-10 sm:py-12",
        isDragActive ? "border-primary bg-primary-soft" : "border-input/60",
      )}
    >
      {isCompact ? null : (
        <span className="grid size-14 place-items-center rounded-full bg-primary-soft text-primary">
          <UploadCloud aria-hidden="true" className="size-7" />
        </span>
      )}
      <div className={classNames("min-w-0 space-y-1", isCompact && "flex-1")}>
        <p className={classNames("font-medium", isCompact ? "text-sm" : "text-lg")}>
          {isDragActive
            ? "Déposez les fichiers ici"
            : isCompact
              ? "Une autre base à déposer"
              : "Déposez ici les sauvegardes de vos bases"}
        </p>
        <p className="text-sm text-balance text-muted-foreground">
          {isCompact
            ? fr("Choisissez le fichier, ou glissez-le sur cette page.")
            : fr(
                "Un fichier .zip par base, tel que BCDI l'a enregistré : la base principale (« data »), et s'il y a lieu les autres.",
              )}
        </p>
      </div>
      <Button
        id={CHOOSE_BUTTON_ID}
        size={isCompact ? "md" : "lg"}
        variant={isCompact ? "outline" : "primary"}
        onClick={onChoose}
      >
        <FilePlus2 aria-hidden="true" />
        {isCompact ? "Ajouter des fichiers" : "Choisir les fichiers"}
      </Button>
      {isCompact ? null : (
        <p className="text-sm text-muted-foreground">
          ou glissez-les sur cette page, même plusieurs à la fois
        </p>
      )}
    </section>
  );
}

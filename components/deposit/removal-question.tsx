import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { fr } from "#components/ui/french.ts";

/** Asked before hours of sending are thrown away by one click. */
export function RemovalQuestion({
  fileName,
  onConfirm,
  onCancel,
}: {
  fileName: string;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const keepButton = useRef<HTMLButtonElement>(null);
  useEffect(() => keepButton.current?.focus(), []);
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-muted p-3 text-sm">
      <legend className="sr-only">{`Retirer ${fileName}`}</legend>
      <p className="min-w-0 flex-1 basis-52">
        {fr("Retirer ce fichier ? Ce qui est déjà reçu sera effacé du serveur.")}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button ref={keepButton} size="sm" variant="outline" onClick={onCancel}>
          Garder
        </Button>
        <Button size="sm" variant="danger" onClick={onConfirm}>
          Retirer
        </Button>
      </div>
    </fieldset>
  );
}

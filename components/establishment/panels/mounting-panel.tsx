import { Receipt } from "#components/establishment/receipt.tsx";
import { fr } from "#components/ui/french.ts";
import { PrintButton } from "#components/ui/print-button.tsx";
import type { Panel } from "./panel-props.ts";

/** Received, then checked: the same receipt, and what is being done meanwhile. */
export const MountingPanel: Panel = ({ view, wording }) => (
  <div className="flex flex-col gap-4 text-sm">
    <p>
      {view.state === "BCDIDBUPLOADED"
        ? fr(
            "Tout est bien arrivé. Nous vérifions que chaque sauvegarde est complète, puis nous l’installons sur votre serveur.",
          )
        : "Vos bases sont vérifiées et installées. Il reste à ouvrir votre serveur."}
    </p>
    <Receipt bases={view.bases} wording={wording} />
    <div>
      <PrintButton>Imprimer le récépissé</PrintButton>
    </div>
  </div>
);

import { Alert } from "#components/ui/alert.tsx";
import { fr } from "#components/ui/french.ts";
import type { Panel } from "./panel-props.ts";

export const CreationPanel: Panel = () => (
  <div className="flex flex-col gap-3 text-sm">
    <p>
      Nous installons votre serveur BCDI. Cette page suit l’avancement d’elle-même, vous pouvez la fermer et y
      revenir quand vous voulez.
    </p>
    <Alert tone="info" title="En attendant">
      Préparez vos sauvegardes{"\u202f"}: dans BCDI, sauvegardez chaque base et notez où les fichiers sont
      enregistrés. {fr("Un message vous préviendra dès que vous pourrez les déposer.")}
    </Alert>
  </div>
);

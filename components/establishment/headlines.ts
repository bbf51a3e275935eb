import { fr } from "#components/ui/french.ts";
import type { EstablishmentView } from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";

export interface Headline {
  /** Where am I? */
  readonly title: string;
  /** Do I have to do something? */
  readonly duty: string;
  readonly isMyTurn: boolean;
}

const NOTHING = fr("Vous n’avez rien à faire.");

const HEADLINES = {
  START: () => ({
    title: "Votre serveur BCDI est en cours de création",
    duty: fr("Vous n’avez rien à faire : un message vous dira quand déposer vos bases."),
    isMyTurn: false,
  }),
  BCDIDBWAIT: () => ({
    title: "Votre serveur attend vos bases",
    duty: fr("À vous : déposez les sauvegardes de vos bases BCDI ci-dessous."),
    isMyTurn: true,
  }),
  BCDIDBUPLOADED: () => ({
    title: "Vos bases sont arrivées, nous les vérifions",
    duty: NOTHING,
    isMyTurn: false,
  }),
  BCDIDBUPLOADEDRIGHT: () => ({
    title: "Vos bases sont vérifiées, votre serveur va ouvrir",
    duty: NOTHING,
    isMyTurn: false,
  }),
  BCDIREADY: () => ({
    title: "Votre serveur BCDI est en service",
    duty: fr("Tout est prêt : connectez vos postes avec les informations ci-dessous."),
    isMyTurn: false,
  }),
  BCDIALTER: () => ({
    title: "Votre modification est en cours",
    duty: fr("Vous n’avez rien à faire : un message vous dira quand elle sera effective."),
    isMyTurn: false,
  }),
  BCDIDELETE: () => ({
    title: "La suppression de votre hébergement est demandée",
    duty: fr("Vous pouvez encore l’annuler."),
    isMyTurn: false,
  }),
  BCDIDELETED: ({ downloads }) =>
    downloads.length > 0
      ? {
          title: "Votre hébergement est supprimé",
          duty: fr("À vous : téléchargez vos bases avant qu’elles soient effacées."),
          isMyTurn: true,
        }
      : {
          title: "Votre hébergement est supprimé",
          duty: "Il ne reste rien à faire.",
          isMyTurn: false,
        },
  STARTERROR: () => ({
    title: "Un incident retarde la création de votre serveur",
    duty: fr("Nous nous en occupons : vous n’avez rien à faire."),
    isMyTurn: false,
  }),
  BCDIUPLOADEDERROR: ({ actor, problem }) => {
    const isOurs = problem?.action === "wait" || problem?.action === "contact" || actor === "hosting";
    return isOurs
      ? {
          title: "Un incident retarde l’installation de vos bases",
          duty: fr("Nous nous en occupons : gardez vos sauvegardes."),
          isMyTurn: false,
        }
      : {
          title: "Une base est à corriger",
          duty: fr("À vous : déposez à nouveau les fichiers signalés ci-dessous."),
          isMyTurn: true,
        };
  },
} as const satisfies Record<State, (view: EstablishmentView) => Headline>;

export function headlineOf(view: EstablishmentView): Headline {
  return HEADLINES[view.state](view);
}

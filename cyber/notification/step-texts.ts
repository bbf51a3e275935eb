import type { State } from "#contract/states.ts";
import { timeZoneOf } from "#cyber/wording/time-zone.ts";
import { describeEstimate } from "#platform/french/estimates.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { formatSize } from "#platform/french/sizes.ts";
import type { StepMail } from "./step-mail.ts";

/** What one step's e-mail says. */
export interface StepText {
  /** The end of the subject, and the e-mail's heading. */
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly items?: readonly string[];
  readonly afterItems?: readonly string[];
  /** On the button that leads to the school's page. */
  readonly link: string;
}

type Writer = (mail: StepMail) => StepText;

const FOLLOW = "Suivre l’avancement";

function sayEstimate(mail: StepMail): string[] {
  if (!mail.estimate) return [];
  const estimate = {
    estimatedAt: new Date(mail.estimate.estimatedAt),
    latestAt: new Date(mail.estimate.latestAt),
  };
  // From when the step was learnt: the text must not depend on when the e-mail leaves.
  return [describeEstimate(estimate, { now: new Date(mail.learntAt), zone: timeZoneOf(mail.rne) }).text];
}

function listBases(mail: StepMail): string[] {
  return mail.bases.map(
    (base) =>
      `${base.fileName}${base.role === "main" ? " (base principale)" : ""}\u202f: ${formatSize(base.sizeBytes)}`,
  );
}

function listRejected(mail: StepMail): string[] {
  return mail.bases.flatMap((base) =>
    base.problem ? [`${base.fileName}\u202f: ${base.problem.title}. ${base.problem.detail}`] : [],
  );
}

function reference(mail: StepMail): string[] {
  return mail.problem?.reference
    ? [`Référence à rappeler si vous nous écrivez\u202f: ${mail.problem.reference}.`]
    : [];
}

const WRITERS = {
  START: (mail) => ({
    title:
      mail.previousState === "STARTERROR"
        ? "la création de votre serveur reprend"
        : "votre serveur BCDI est en cours de création",
    paragraphs: [
      mail.previousState === "STARTERROR"
        ? "L’incident est levé\u202f: la création de votre serveur BCDI a repris."
        : "La création de votre serveur BCDI hébergé a commencé. Vous n’avez rien à faire pour l’instant.",
      "Vous recevrez un message dès que vous pourrez déposer vos bases.",
      ...sayEstimate(mail),
    ],
    link: FOLLOW,
  }),
  BCDIDBWAIT: () => ({
    title: "vous pouvez déposer vos bases",
    paragraphs: [
      "Votre serveur BCDI est installé. Il attend maintenant vos bases\u202f: c’est à vous.",
      "Dans BCDI, sauvegardez chaque base (la base principale, puis les autres, comme le travail personnel ou les manuels) et attendez la fin de chaque sauvegarde. Déposez ensuite les fichiers obtenus sur la page de votre établissement. Vous pouvez interrompre le dépôt et le reprendre plus tard.",
    ],
    link: "Déposer mes bases",
  }),
  BCDIDBUPLOADED: (mail) => ({
    title: "vos bases sont bien arrivées",
    paragraphs: ["Nous avons reçu vos bases en entier. Voici le récépissé de votre dépôt\u202f:"],
    items: listBases(mail),
    afterItems: [
      "Nous les vérifions puis nous les installons sur votre serveur. Vous n’avez rien à faire.",
      ...sayEstimate(mail),
    ],
    link: FOLLOW,
  }),
  BCDIDBUPLOADEDRIGHT: (mail) => ({
    title: "vos bases sont vérifiées",
    paragraphs: [
      "Vos bases ont été vérifiées et installées sur votre serveur. Il reste à l’ouvrir\u202f: vous n’avez rien à faire.",
      ...sayEstimate(mail),
    ],
    link: FOLLOW,
  }),
  BCDIREADY: () => ({
    title: "votre serveur BCDI est en service",
    paragraphs: [
      "Votre serveur BCDI est ouvert. Les informations de connexion et le client BCDI à installer vous attendent sur la page de votre établissement.",
      "Vous pouvez y imprimer une fiche pour la personne qui s’occupe du réseau.",
    ],
    link: "Voir les informations de connexion",
  }),
  BCDIALTER: (mail) => ({
    title: "votre modification est en cours",
    paragraphs: [
      "La modification des données de votre établissement a été demandée. Nous l’appliquons à votre serveur\u202f; un message vous dira quand elle sera effective.",
      ...sayEstimate(mail),
    ],
    link: "Voir ce qui change",
  }),
  BCDIDELETE: (mail) => ({
    title: "la suppression de votre hébergement est demandée",
    paragraphs: [
      "La suppression de votre hébergement BCDI a été demandée.",
      ...(mail.estimate
        ? [
            `Elle est prévue le ${formatInstant(new Date(mail.estimate.estimatedAt), timeZoneOf(mail.rne))}. Vous pouvez l’annuler depuis la page de votre établissement tant qu’elle n’a pas commencé.`,
          ]
        : ["Tant qu’elle n’a pas commencé, vous pouvez l’annuler depuis la page de votre établissement."]),
      "Si personne de votre établissement n’a fait cette demande, annulez-la et prévenez-nous.",
    ],
    link: "Voir ou annuler la suppression",
  }),
  BCDIDELETED: (mail) => ({
    title: "votre hébergement est supprimé, vos bases sont à récupérer",
    paragraphs: [
      "Votre serveur BCDI a été supprimé. Une copie de vos bases vous attend sur la page de votre établissement.",
      ...(mail.downloadsExpireAt
        ? [
            `Téléchargez-les avant le ${formatInstant(new Date(mail.downloadsExpireAt), timeZoneOf(mail.rne))}\u202f: elles seront ensuite effacées.`,
          ]
        : []),
    ],
    link: "Récupérer mes bases",
  }),
  STARTERROR: (mail) => ({
    title: "un incident retarde la création de votre serveur",
    paragraphs: [
      "La création de votre serveur BCDI a rencontré un incident. Nous nous en occupons\u202f: vous n’avez rien à faire, et vous n’aurez rien à ressaisir.",
      "Vous recevrez un message dès que la création reprendra.",
      ...reference(mail),
    ],
    link: FOLLOW,
  }),
  BCDIUPLOADEDERROR: (mail) => {
    const rejected = listRejected(mail);
    const isOurs = mail.problem?.action === "wait" || mail.problem?.action === "contact";
    return {
      title: isOurs ? "un incident retarde l’installation de vos bases" : "une base est à corriger",
      paragraphs: [
        rejected.length > 0
          ? "Nous n’avons pas pu installer tous les fichiers que vous avez déposés\u202f:"
          : (mail.problem?.detail ?? "Nous n’avons pas pu installer les bases que vous avez déposées."),
      ],
      items: rejected,
      afterItems: [
        isOurs
          ? "Nous nous en occupons\u202f: gardez vos sauvegardes, vous n’avez rien à déposer pour l’instant."
          : "Les autres fichiers sont conservés\u202f: il suffit de déposer à nouveau ceux-là sur la page de votre établissement. Si besoin, refaites d’abord la sauvegarde dans BCDI et attendez sa fin.",
        ...reference(mail),
      ],
      link: isOurs ? FOLLOW : "Corriger mon dépôt",
    };
  },
} as const satisfies Record<State, Writer>;

const RETURNABLE: readonly State[] = ["BCDIREADY", "BCDIDBWAIT"];

/** A state that is come back to says why: the change is made, or could not be; the deletion is called off. */
function writeReturn(mail: StepMail): StepText | null {
  if (mail.previousState === "BCDIDELETE" && mail.state !== "BCDIDELETED" && mail.state !== "START") {
    return {
      title: "la suppression est annulée",
      paragraphs: [
        "La suppression de votre hébergement BCDI est annulée. Rien n’a été effacé\u202f: votre établissement retrouve l’état où il était.",
      ],
      link: "Voir la page de mon établissement",
    };
  }
  if (mail.previousState !== "BCDIALTER" || !RETURNABLE.includes(mail.state)) return null;
  if (mail.problem) {
    return {
      title: "votre modification n’a pas pu être faite",
      paragraphs: [
        `La modification demandée n’a pas pu être appliquée\u202f: ${mail.problem.detail}`,
        "Votre établissement garde ses données d’avant, et votre serveur fonctionne comme avant.",
        ...reference(mail),
      ],
      link: "Voir la page de mon établissement",
    };
  }
  return {
    title: "votre modification est effective",
    paragraphs: [
      mail.state === "BCDIREADY"
        ? "La modification des données de votre établissement est effective. Votre serveur BCDI est de nouveau en service."
        : "La modification des données de votre établissement est effective. Vous pouvez déposer vos bases.",
    ],
    link: "Voir la page de mon établissement",
  };
}

export function writeStepText(mail: StepMail): StepText {
  return writeReturn(mail) ?? WRITERS[mail.state](mail);
}

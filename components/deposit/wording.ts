import { fr } from "#components/ui/french.ts";
import type { DepositItem, Notice, RefusalCode, Stop, StopCode, Wait, WaitReason } from "./engine/state.ts";
import type { Blocker } from "./engine/totals.ts";
import { formatInstant } from "./format.ts";
import type { ZipFinding } from "./inspect-zip.ts";

const WAITS = {
  network: "La connexion est interrompue. L'envoi reprendra là où il en est.",
  offline:
    "Cet ordinateur n'est plus connecté à internet. L'envoi reprendra de lui-même au retour de la connexion.",
  server:
    "Le serveur ne répond pas pour l'instant (maintenance ou redémarrage). L'envoi reprendra de lui-même.",
  busy: "Le serveur est très sollicité. L'envoi reprendra de lui-même.",
  stalled: "L'envoi n'avançait plus : il reprend avec des morceaux plus petits.",
  locked: "Le serveur termine l'échange précédent.",
  offset: "Le serveur vérifie ce qu'il a déjà reçu.",
  disk_full:
    "Le disque du serveur est plein. L'envoi reprendra de lui-même dès que l'hébergeur aura fait de la place ; vous pouvez laisser cette page ouverte.",
  not_open: "Le dépôt n'est pas encore ouvert. L'envoi commencera de lui-même.",
} as const satisfies Record<WaitReason, string>;

const SECOND_SENDER_ATTEMPTS = 3;

/** Why a file waits; the countdown is shown beside it. */
export function sayWait(wait: Wait, lastActivityAt: string | null): string {
  const isSecondSender =
    (wait.reason === "locked" || wait.reason === "offset") && wait.attempt >= SECOND_SENDER_ATTEMPTS;
  if (!isSecondSender) return fr(WAITS[wait.reason]);
  const since = lastActivityAt ? ` (dernière activité : ${formatInstant(lastActivityAt)})` : "";
  return fr(
    `Ce fichier est en cours d'envoi depuis un autre onglet ou un autre poste${since}. Fermez l'autre page, ou laissez-la finir : le fichier sera reçu une seule fois.`,
  );
}

const STOPS = {
  access_lost: "Votre accès à ce dépôt a expiré.",
  file_changed:
    "Le fichier a changé pendant l'envoi : BCDI est sans doute ouvert. Fermez BCDI, refaites la sauvegarde, puis choisissez le nouveau fichier.",
  file_too_large: "Ce fichier dépasse la taille que l'hébergeur accepte.",
  too_many_files: "Ce dépôt compte déjà le nombre de fichiers que l'hébergeur accepte.",
  gone: "Ce fichier n'est plus sur le serveur : il a été retiré depuis un autre poste, ou son envoi est resté trop longtemps interrompu.",
  proxy_limit:
    "Un équipement de votre réseau (proxy, pare-feu) refuse même les plus petits envois. Signalez-le à la personne qui s'occupe du réseau de l'établissement.",
  refused: "Le serveur n'a pas pu prendre ce fichier. Relancez l'envoi : il reprendra là où il en est.",
} as const satisfies Record<StopCode, string>;

/** Why a file is no longer sent. The server's own sentence is preferred, except where the page knows better. */
export function sayStop(stop: Stop): string {
  if (stop.code === "file_changed" || stop.code === "access_lost") return fr(STOPS[stop.code]);
  return stop.detail ?? fr(STOPS[stop.code]);
}

const FINDINGS = {
  not_a_zip: {
    title: "Ce fichier n'est pas une archive zip",
    text: "BCDI enregistre chaque sauvegarde dans un fichier .zip. Vérifiez que vous avez choisi le bon fichier.",
  },
  other_archive: {
    title: "Cette archive n'est pas au format zip",
    text: "Elle est au format 7z ou RAR. Refaites la sauvegarde depuis BCDI, ou compressez le dossier au format .zip.",
  },
  truncated: {
    title: "Cette sauvegarde est incomplète",
    text: "La fin du fichier manque : la sauvegarde ou sa copie a sans doute été interrompue. Refaites-la et attendez la fin.",
  },
  encrypted: {
    title: "Cette archive est protégée par un mot de passe",
    text: "L'hébergeur ne pourra pas l'ouvrir. Refaites-la sans mot de passe.",
  },
  deflate64: {
    title: "Cette archive est compressée d'une façon que l'hébergeur ne sait pas lire",
    text: "L'Explorateur de Windows emploie la méthode Deflate64 au-delà de 2 Go. Refaites l'archive avec 7-Zip : format « zip », méthode « Deflate ».",
  },
  other_method: {
    title: "Cette archive est compressée d'une façon que l'hébergeur ne sait pas lire",
    text: "Refaites la sauvegarde depuis BCDI, ou compressez le dossier au format zip ordinaire (méthode « Deflate »).",
  },
  no_notices: {
    title: "Cette archive ne ressemble pas à une base BCDI",
    text: "Elle ne contient pas de fichier NOTICES.DAT. Choisissez la sauvegarde d'une base faite depuis BCDI.",
  },
  manuals: {
    title: "Ce fichier ressemble à la base Manuels",
    text: "La base principale est celle du fonds documentaire (« data »). Vérifiez que le premier fichier est le bon.",
  },
} as const satisfies Record<ZipFinding["code"], { title: string; text: string }>;

export function sayFinding(code: ZipFinding["code"]): { title: string; text: string } {
  return { title: fr(FINDINGS[code].title), text: fr(FINDINGS[code].text) };
}

const NOTICES = {
  duplicate: (name) => `« ${name} » fait déjà partie du dépôt : il n'a pas été ajouté une seconde fois.`,
  mismatch: (name) =>
    `« ${name} » n'est pas le fichier dont l'envoi a commencé : son contenu est différent. Retrouvez le fichier d'origine, ou retirez l'envoi commencé avant d'ajouter celui-ci.`,
  same_as_rejected: (name) =>
    `« ${name} » est le fichier qui a été refusé, à l'identique. Refaites la sauvegarde depuis BCDI, puis choisissez le nouveau fichier.`,
  empty: (name) => `« ${name} » est vide : il n'a pas été ajouté. Refaites la sauvegarde et attendez la fin.`,
  too_many: (name) => `« ${name} » n'a pas été ajouté : un dépôt compte au plus 16 fichiers.`,
  resumed: (name) => `L'envoi de « ${name} » reprend là où il s'était arrêté.`,
  unreadable: (name) =>
    `« ${name} » ne peut pas être lu. Fermez BCDI s'il est ouvert, vérifiez que le fichier est toujours à sa place, puis choisissez-le à nouveau.`,
  folder_without_base: (name) =>
    `Le dossier « ${name} » n'a pas été ajouté : il ne contient ni base BCDI (un dossier avec NOTICES.DAT) ni fichier .zip.`,
  folder_too_large: (name) =>
    `Le dossier « ${name} » dépasse 4 Go : il ne peut pas être préparé ici. Faites sa sauvegarde depuis BCDI.`,
  action_failed: (name) => `« ${name} » n'a pas pu être retiré du serveur.`,
} as const satisfies Record<Notice["kind"], (name: string) => string>;

export function sayNotice(notice: Notice): string {
  return [fr(NOTICES[notice.kind](notice.fileName)), notice.detail].filter(Boolean).join(" ");
}

const REFUSALS = {
  no_invitation: {
    title: "Cette page s'ouvre depuis votre espace",
    text: "Son adresse ne contient pas l'accès au dépôt de votre établissement, ou la page a été rechargée. Retournez à la page de votre établissement et rouvrez le dépôt : ce qui est déjà reçu est conservé.",
  },
  access_refused: {
    title: "Cet accès n'est plus valable",
    text: "Retournez à la page de votre établissement et rouvrez le dépôt : ce qui est déjà reçu est conservé. Si ce message revient, écrivez à votre interlocuteur en rappelant le RNE de l'établissement.",
  },
  refused: {
    title: "Le dépôt n'est pas accessible",
    text: "Retournez à la page de votre établissement pour savoir où en est votre hébergement.",
  },
} as const satisfies Record<RefusalCode, { title: string; text: string }>;

export function sayRefusal(code: RefusalCode): { title: string; text: string } {
  return { title: fr(REFUSALS[code].title), text: fr(REFUSALS[code].text) };
}

const BLOCKERS = {
  nothing: "Ajoutez au moins un fichier pour pouvoir terminer le dépôt.",
  access: "Rouvrez le dépôt depuis la page de votre établissement pour pouvoir le terminer.",
  sending: "Vous pourrez terminer le dépôt quand tous les fichiers seront reçus.",
  held: "Un fichier attend votre décision : envoyez-le quand même ou retirez-le.",
  absent: "Un fichier n'est reçu qu'en partie : choisissez-le à nouveau ou retirez-le.",
  paused: "Un envoi est en pause : reprenez-le ou retirez le fichier.",
  stopped: "L'envoi d'un fichier s'est arrêté : relancez-le, remplacez le fichier ou retirez-le.",
  rejected: "Un fichier a été refusé : remplacez-le ou retirez-le.",
} as const satisfies Record<Blocker, string>;

export function sayBlocker(blocker: Blocker): string {
  return fr(BLOCKERS[blocker]);
}

const PHASES = {
  held: "En attente de votre décision",
  queued: "En attente de son tour",
  sending: "Envoi en cours",
  waiting: "Envoi interrompu",
  paused: "En pause",
  confirming: "Vérification par le serveur",
  received: "Reçu",
  mounted: "Reçu et vérifié",
  rejected: "Refusé",
  stopped: "Envoi arrêté",
  absent: "Reçu en partie",
} as const satisfies Record<DepositItem["phase"], string>;

export function sayPhase(phase: DepositItem["phase"]): string {
  return PHASES[phase];
}

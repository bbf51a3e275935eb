import type { z } from "zod";
import type { Base, Deposit, DepositFile, DepositOrderSchema, UploadToken } from "#contract/deposit.ts";
import type {
  Changes,
  Connection,
  CreatedEstablishment,
  CreateEstablishment,
  Download,
  EstablishmentChanges,
  EstablishmentView,
  RotatedKeySchema,
} from "#contract/establishment.ts";
import type { StateChangedEvent } from "#contract/events.ts";
import type { IncidentProblem, ProblemDocument } from "#contract/problem.ts";

/** What each field means; under the empty name, what the whole is. */
export interface FieldTexts {
  readonly [field: string]: string | FieldTexts;
}

type Texts<Shape> = { readonly "": string } & { readonly [Field in keyof Shape]-?: Text<Shape[Field]> };
/** Of an object that has no name of its own in the document, field by field. */
type Text<Value> = string | (ItemOf<Value> extends object ? Texts<ItemOf<Value>> : never);
type ItemOf<Value> = NonNullable<Value> extends readonly (infer Item)[] ? Item : NonNullable<Value>;

const LICENCE = {
  rne: "Le RNE (aujourd’hui UAI)\u202f: sept chiffres et une lettre de contrôle, par exemple 0350024L.",
  griffe: "Le nom de la licence, fixé par l’éditeur\u202f: texte libre de 1 à 100\u00a0caractères.",
  code: "Le code de la licence\u202f: huit lettres majuscules.",
  version: "Le type de version\u202f: CL (collège-lycée) ou SP (spécial).",
};
const STATE = {
  state: "L’état de l’hébergement.",
  stateCode: "Le code chiffre de l’état.",
  since: "L’instant où cet état a commencé.",
};

const establishment: Texts<EstablishmentView> = {
  "": "Un établissement et son hébergement, tels qu’ils sont à cet instant.",
  ...LICENCE,
  ...STATE,
  actor: "De qui dépend la suite\u202f: l’hébergeur, l’établissement ou personne.",
  nextStep: {
    "": "L’étape qui suit quand l’hébergeur agit\u202f: quand elle est attendue, et au plus tard. Null sinon.",
    state: "L’état que l’hébergement atteindra.",
    estimatedAt: "L’instant où cette étape est attendue.",
    latestAt: "L’instant où elle sera franchie au plus tard.",
  },
  history: {
    "": "Les états traversés depuis la création, du plus ancien au plus récent.",
    state: "L’état atteint.",
    at: "L’instant où il a été atteint.",
  },
  bases: "Les fichiers du dépôt, dans l’ordre\u202f: le premier est la base principale.",
  connection:
    "L’interconnexion\u202f: ce qu’il faut à un client BCDI. Null tant que le serveur n’est pas ouvert.",
  downloads: "Après la suppression, les archives des bases à télécharger.",
  problem: "L’incident en cours, et ce que l’établissement peut y faire. Null quand tout va bien.",
};

const base: Texts<Base> = {
  "": "Un fichier du dépôt.",
  id: "L’identifiant du fichier dans ce dépôt.",
  role: "main pour la base principale, secondary pour les autres.",
  name: "Le nom de la base, connu une fois l’archive vérifiée.",
  fileName: "Le nom du fichier tel qu’il a été envoyé.",
  size: "Taille du fichier, en octets.",
  received: "Nombre d’octets reçus.",
  sha256: "L’empreinte SHA-256 de ce qui est arrivé, connue une fois l’archive vérifiée.",
  status: "receiving (en cours d’envoi), received (reçu), mounted (installée) ou rejected (refusée).",
  problem: "Pourquoi ce fichier est refusé. Null sinon.",
};

export const FIELD_TEXTS: Record<string, FieldTexts> = {
  Establishment: establishment,
  CreatedEstablishment: {
    ...establishment,
    "": "L’établissement créé, avec sa clé.",
    key: "La clé de l’établissement, à conserver en lieu sûr\u202f: elle permet aussi de supprimer l’hébergement.",
  } satisfies Texts<CreatedEstablishment>,
  CreateEstablishment: {
    "": "Les données de l’établissement à créer.",
    ...LICENCE,
  } satisfies Texts<CreateEstablishment>,
  EstablishmentChanges: {
    "": "Les données à modifier\u202f: au moins une des trois.",
    griffe: LICENCE.griffe,
    code: LICENCE.code,
    version: LICENCE.version,
  } satisfies Texts<EstablishmentChanges>,
  RotatedKey: {
    "": "Une clé neuve.",
    key: "La nouvelle clé de l’établissement. L’ancienne n’ouvre plus rien.",
  } satisfies Texts<z.infer<typeof RotatedKeySchema>>,
  Changes: {
    "": "Une page du fil des changements.",
    items: {
      "": "Les établissements qui ont changé, le changement le plus ancien d’abord, chacun une seule fois.",
      rne: LICENCE.rne,
      ...STATE,
    },
    nextCursor: "À donner comme changedSince pour lire la suite. Inchangé quand il n’y a rien de neuf.",
  } satisfies Texts<Changes>,
  State: {
    "": "L’état d’un hébergement. La graphie BCDIREDADY doit être comprise comme BCDIREADY.",
  },
  Connection: {
    "": "L’interconnexion\u202f: ce qu’il faut à un client BCDI pour joindre le serveur.",
    host: "Le nom ou l’adresse du serveur.",
    port: "Le port du serveur.",
    serverName: "Le nom sous lequel le serveur se présente.",
    serverVersion: "La version du serveur BCDI.",
    bases: {
      "": "Les bases ouvertes sur ce serveur.",
      name: "Le nom de la base.",
      role: base.role,
    },
    client: {
      "": "Le client BCDI à installer.",
      url: "L’adresse de téléchargement du client.",
      version: "La version du client.",
      sha256: "L’empreinte SHA-256 du fichier à télécharger.",
    },
  } satisfies Texts<Connection>,
  Download: {
    "": "Une archive à télécharger après la suppression.",
    fileName: "Le nom de l’archive.",
    size: "Taille de l’archive, en octets.",
    sha256: "L’empreinte SHA-256 de l’archive.",
    url: "L’adresse signée de l’archive\u202f: elle vaut autorisation, sans en-tête, jusqu’à sa date de fin.",
    expiresAt: "L’instant après lequel l’archive n’est plus conservée.",
  } satisfies Texts<Download>,
  Base: base,
  DepositFile: {
    ...base,
    identity:
      "SHA-256, en hexadécimal, de\u202f: taille en décimal, premier Mio, dernier Mio. Permet de retrouver un envoi interrompu.",
    lastActivityAt: "L’instant du dernier octet reçu.",
  } satisfies Texts<DepositFile>,
  Deposit: {
    "": "Le dépôt d’un établissement.",
    files: "Les fichiers, dans l’ordre\u202f: le premier est la base principale.",
    complete: "Vrai une fois que le dépôt a été remis à l’hébergeur.",
    problems: "Ce qui ne va pas dans ce dépôt, à montrer à l’établissement.",
  } satisfies Texts<Deposit>,
  DepositOrder: {
    "": "L’ordre voulu des fichiers du dépôt.",
    order: "L’identifiant de chaque fichier, une seule fois\u202f: le premier devient la base principale.",
  } satisfies Texts<z.infer<typeof DepositOrderSchema>>,
  UploadToken: {
    "": "Un jeton de dépôt\u202f: il ouvre le dépôt de cet établissement, et rien d’autre.",
    token: "Le jeton, à envoyer comme une clé.",
    expiresAt: "L’instant où le jeton cesse de valoir. Un jeton vivant peut en demander un autre.",
    embedUrl: "L’adresse de la page de dépôt, jeton compris, à donner à l’iframe telle quelle.",
  } satisfies Texts<UploadToken>,
  Incident: {
    "": "Un incident, pour l’établissement ou pour un de ses fichiers.",
    code: "Le genre d’incident, stable\u202f: c’est lui que les programmes lisent.",
    title: "L’incident en quelques mots.",
    detail: "L’incident et ce qu’il faut faire, en français, à montrer tel quel.",
    action:
      "Ce que l’établissement doit faire\u202f: remplacer un fichier, relancer, attendre ou nous appeler.",
    retryable: "Vrai quand l’étape peut être relancée.",
    reference: "À nous donner en cas d’appel.",
  } satisfies Texts<IncidentProblem>,
  Problem: {
    "": "Un refus, au format de la RFC\u00a09457.",
    type: "«\u202furn:bcdi:problem:\u202f», suivi du code.",
    title: "Le refus en quelques mots.",
    status: "Le statut HTTP de la réponse.",
    detail: "Le refus et ce qu’il faut faire, en français, à montrer tel quel.",
    code: "Le genre de refus, stable\u202f: c’est lui que les programmes lisent.",
    errors: {
      "": "Champ par champ, ce qui ne va pas.",
      field: "Le champ, ou le fichier, dont il s’agit.",
      detail: "Ce qui ne va pas, en français, à montrer tel quel.",
    },
    retryable: "Vrai quand la même demande peut aboutir plus tard.",
    reference: "À nous donner en cas d’appel.",
  } satisfies Texts<ProblemDocument>,
  StateChangedEvent: {
    "": "Un hébergement a changé d’état.",
    type: "Toujours establishment.state_changed.",
    timestamp: "L’instant du changement.",
    data: {
      "": "L’établissement et son nouvel état. Une indication\u202f: relisez ensuite l’établissement.",
      rne: LICENCE.rne,
      ...STATE,
    },
  } satisfies Texts<StateChangedEvent>,
  OpenApi: { "": "La description d’une API, telle que la norme OpenAPI 3.1 la définit." },
};

import { randomInt } from "node:crypto";
import { PROBLEM_MEDIA_TYPE, type ProblemDocument, type RequestProblemCode } from "#contract/problem.ts";
import { Refusal } from "#hosting/refusal.ts";
import { failureCode, failureText } from "#platform/failure.ts";
import type { Logger } from "#platform/log.ts";

interface ProblemText {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryable: boolean;
}

/** Every code with its status (RFC 9110) and what it says when the refusal has nothing more precise. */
export const PROBLEMS = {
  unauthorized: [
    401,
    "Accès refusé",
    "La clé ou le jeton manque, n’est pas valable ou n’ouvre pas cet accès.",
    false,
  ],
  not_found: [404, "Introuvable", "Rien ne se trouve à cette adresse.", false],
  invalid_request: [422, "Demande incorrecte", "Une ou plusieurs données sont incorrectes.", false],
  already_exists: [
    409,
    "Établissement déjà créé",
    "Cet établissement existe déjà avec d’autres données.",
    false,
  ],
  state_conflict: [409, "Impossible dans cet état", "L’état de l’hébergement ne le permet pas.", false],
  deposit_incomplete: [409, "Dépôt incomplet", "Un fichier au moins n’est pas entièrement reçu.", true],
  main_base_missing: [409, "Base principale absente", "Déposez au moins votre base principale.", false],
  method_not_allowed: [405, "Méthode non admise", "Cette adresse n’admet pas cette méthode.", false],
  unsupported_media_type: [
    415,
    "Format non admis",
    "Le corps de la demande doit être du JSON (application/json).",
    false,
  ],
  body_too_large: [413, "Demande trop longue", "Le corps de la demande dépasse 64\u00a0Ko.", false],
  file_too_large: [413, "Fichier trop volumineux", "Ce fichier dépasse la taille admise.", false],
  too_many_files: [413, "Trop de fichiers", "Un dépôt compte au plus 16\u00a0fichiers.", false],
  offset_conflict: [409, "Reprise décalée", "L’envoi doit reprendre là où le serveur s’est arrêté.", true],
  request_timeout: [
    408,
    "Envoi interrompu",
    "Plus rien n’arrivait\u202f: reprenez l’envoi là où il s’est arrêté.",
    true,
  ],
  upload_locked: [
    423,
    "Fichier en cours d’envoi",
    "Ce fichier est en cours d’envoi depuis un autre poste ou un autre onglet.",
    true,
  ],
  insufficient_storage: [
    507,
    "Plus de place",
    "Le serveur manque de place pour l’instant. Ce qui est reçu est gardé\u202f: l’envoi pourra reprendre.",
    true,
  ],
  too_many_requests: [
    429,
    "Trop de demandes",
    "Trop de demandes en peu de temps\u202f: patientez un instant.",
    true,
  ],
  precondition_failed: [412, "Protocole attendu", "L’en-tête Tus-Resumable: 1.0.0 est attendu.", false],
  gone: [410, "N’existe plus", "Ce fichier n’est plus conservé.", false],
  not_ready: [
    503,
    "Service momentanément indisponible",
    "Le service redémarre\u202f: réessayez dans un instant.",
    true,
  ],
  internal_error: [
    500,
    "Incident technique",
    "Un incident nous empêche de répondre. Réessayez\u202f; s’il persiste, donnez-nous la référence.",
    true,
  ],
} as const satisfies Record<RequestProblemCode, readonly [number, string, string, boolean]>;

export function problemText(code: RequestProblemCode): ProblemText {
  const [status, title, detail, retryable] = PROBLEMS[code];
  return { status, title, detail, retryable };
}

const REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** Eight characters that can be read out on the telephone. */
export function createReference(): string {
  return Array.from({ length: 8 }, () => REFERENCE_LETTERS[randomInt(REFERENCE_LETTERS.length)]).join("");
}

/** PostgreSQL away, restarting or full: asking again in a moment helps. Prisma's codes, Node's, PostgreSQL's. */
const DATABASE_AWAY =
  /\b(P1001|P1002|P1008|P1017|P2024|ECONNREFUSED|ECONNRESET|57P0[1-3]|53300)\b|DatabaseNotReachable|ConnectionClosed|Connection terminated|Query read timeout|timeout exceeded when trying to connect/;

function refusalFor(failure: unknown): Refusal {
  const text = `${failureCode(failure) ?? ""} ${failureText(failure)}`;
  return DATABASE_AWAY.test(text)
    ? new Refusal("not_ready", { retryAfterSeconds: 2 })
    : new Refusal("internal_error");
}

/** Whatever was thrown as a problem document and its headers: the only place where failures are mapped. */
export function toProblem(
  failure: unknown,
  log: Logger,
  statusOverride?: number,
): { document: ProblemDocument; headers: Record<string, string> } {
  const reference = createReference();
  const refusal = failure instanceof Refusal ? failure : refusalFor(failure);
  if (refusal !== failure) log.error({ reference, failure: failureText(failure) }, "request failed");
  const { status, title, detail, retryable } = problemText(refusal.code);
  const headers: Record<string, string> = { "Content-Type": PROBLEM_MEDIA_TYPE, "Cache-Control": "no-store" };
  if (refusal.retryAfterSeconds !== undefined) headers["Retry-After"] = String(refusal.retryAfterSeconds);
  if (refusal.code === "unauthorized") headers["WWW-Authenticate"] = 'Bearer realm="hebergement-bcdi"';
  return {
    document: {
      type: `urn:bcdi:problem:${refusal.code}`,
      title,
      status: statusOverride ?? status,
      detail: refusal.detail ?? detail,
      code: refusal.code,
      ...(refusal.errors ? { errors: [...refusal.errors] } : {}),
      retryable: retryable || refusal.retryAfterSeconds !== undefined,
      reference,
    },
    headers,
  };
}

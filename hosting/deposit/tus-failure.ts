import { ERRORS } from "@tus/server";
import { z } from "zod";
import { FieldErrorSchema, REQUEST_PROBLEM_CODES } from "#contract/problem.ts";
import { Refusal } from "#hosting/refusal.ts";

/** A refusal on its way through the tus library, which carries failures as a status and a text. */
const CarriedRefusal = z.object({
  refusal: z.enum(REQUEST_PROBLEM_CODES),
  detail: z.string().optional(),
  errors: z.array(FieldErrorSchema).optional(),
  retryAfterSeconds: z.number().optional(),
});

const CARRIED_STATUS = 599;

/** Undefined for the library's own failures, which it words itself. */
export function toTusFailure(failure: unknown): { status_code: number; body: string } | undefined {
  if (failure instanceof Refusal) {
    const { code, detail, errors, retryAfterSeconds } = failure;
    return {
      status_code: CARRIED_STATUS,
      body: JSON.stringify({ refusal: code, detail, errors, retryAfterSeconds }),
    };
  }
  if (isOwnFailure(failure)) return undefined;
  return {
    status_code: CARRIED_STATUS,
    body: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure),
  };
}

function isOwnFailure(failure: unknown): boolean {
  return Object.values(ERRORS).some((own) => own === failure);
}

/** What to answer for a failure that the library has put into a status and a text. */
export function fromTusFailure(status: number, text: string): unknown {
  if (status === CARRIED_STATUS) {
    const carried = readCarried(text);
    if (!carried) return new Error(text);
    const { refusal, detail, errors, retryAfterSeconds } = carried;
    return new Refusal(refusal, {
      ...(detail === undefined ? {} : { detail }),
      ...(errors === undefined ? {} : { errors }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
  if (text === ERRORS.ERR_LOCK_TIMEOUT.body || text === ERRORS.ABORTED.body)
    return new Refusal("upload_locked");
  if (/tus-resumable/i.test(text)) return new Refusal("precondition_failed");
  if ((status === 400 || status === 403) && /content-type/i.test(text)) {
    return new Refusal("unsupported_media_type", {
      detail: "Le corps d’un PATCH doit être du type application/offset+octet-stream.",
    });
  }
  switch (status) {
    case 404:
      return new Refusal("not_found", { detail: "Ce fichier n’est pas, ou plus, dans le dépôt." });
    case 409:
      return new Refusal("offset_conflict");
    case 410:
      return new Refusal("gone");
    case 412:
      return new Refusal("precondition_failed");
    case 413:
      return new Refusal("file_too_large");
    case 400:
    case 403:
    case 501:
      return invalidHeaders(text);
    default:
      return new Error(`tus answered ${status}: ${text}`);
  }
}

/** The library names the headers that it refuses in an English sentence: only their names come through. */
function invalidHeaders(text: string): Refusal {
  const names = new Set(text.match(/\b(?:upload|tus)-[a-z-]+/gi)?.map((name) => name.toLowerCase()));
  const errors = [...names].map((field) => ({
    field,
    detail: "Cet en-tête manque ou n’est pas valable.",
  }));
  return new Refusal("invalid_request", {
    detail: "Les en-têtes de la demande ne suivent pas le protocole tus 1.0.",
    ...(errors.length > 0 ? { errors } : {}),
  });
}

function readCarried(text: string): z.infer<typeof CarriedRefusal> | null {
  try {
    return CarriedRefusal.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

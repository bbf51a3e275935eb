import type { FieldError } from "#contract/problem.ts";
import type { CyberContext } from "#cyber/context.ts";
import {
  isHostingMisaddressed,
  isHostingRefused,
  isHostingUnavailable,
} from "#cyber/hosting-client/failures.ts";

/** What a person's request came to; `message` and `fieldErrors` are French and fit to show. */
export type VerbResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string; readonly fieldErrors: readonly FieldError[] };

export const DONE: VerbResult = { ok: true };

export function refuse(message: string, fieldErrors: readonly FieldError[] = []): VerbResult {
  return { ok: false, message, fieldErrors };
}

/** Says a failure of the host to the person who asked; throws on what is not the host's. */
export function explainHostingFailure(ctx: CyberContext, failure: unknown): VerbResult {
  if (isHostingRefused(failure)) {
    const { problem, fieldErrors } = failure;
    if (problem.code === "unauthorized") {
      ctx.log.error({ failure: failure.message }, "the host refused our credential");
      return refuse(
        `L’hébergeur n’a pas reconnu la librairie. Prévenez l’exploitant (référence ${problem.reference}).`,
      );
    }
    return refuse(problem.detail, fieldErrors);
  }
  if (isHostingMisaddressed(failure)) {
    ctx.log.error({ failure: failure.message }, "the host's address is wrong");
    return refuse(
      "Ce n’est pas l’hébergeur qui répond à l’adresse configurée. Prévenez l’exploitant (variable HOSTING_URL).",
    );
  }
  if (isHostingUnavailable(failure)) {
    ctx.log.warn({ failure: failure.message }, "the host could not be reached");
    return refuse(
      "L’hébergeur ne répond pas pour le moment. Rien n’est perdu\u202f: réessayez dans quelques minutes.",
    );
  }
  throw failure;
}

import type { BaseProblemCode } from "#contract/problem.ts";

/**
 * A deposited file that cannot be mounted, through its own fault: trying again would give the same answer.
 * `detail` is French and fit to show to the school; `logDetail` is for the log only.
 */
export class ArchiveRejected extends Error {
  readonly code: BaseProblemCode;
  readonly detail: string;
  readonly logDetail: string;

  constructor(code: BaseProblemCode, detail: string, logDetail: string) {
    super(`${code}: ${logDetail}`);
    this.name = "ArchiveRejected";
    this.code = code;
    this.detail = detail;
    this.logDetail = logDetail;
  }
}

const MAX_SHOWN_CHARACTERS = 80;

/** An entry's name between French quotation marks, harmless to show whatever bytes the archive held. */
export function quoteName(name: string): string {
  const printable = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{FFFD}");
  const characters = [...printable];
  const shown =
    characters.length > MAX_SHOWN_CHARACTERS
      ? `…${characters.slice(-MAX_SHOWN_CHARACTERS).join("")}`
      : printable;
  return `«\u202f${shown}\u202f»`;
}

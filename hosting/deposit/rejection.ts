import type { BaseProblemCode, IncidentProblem } from "#contract/problem.ts";
import { createReference } from "#hosting/api/problems.ts";
import type { ArchiveRejected } from "#hosting/archive/rejected.ts";
import type { BaseFile } from "#prisma/generated/client.ts";

const TITLES = {
  not_an_archive: "Ce fichier n’est pas une sauvegarde BCDI",
  truncated: "La sauvegarde est incomplète",
  encrypted: "La sauvegarde est protégée par un mot de passe",
  crc_mismatch: "La sauvegarde est abîmée",
  sha256_mismatch: "Le fichier reçu diffère du fichier envoyé",
  unsafe_entry: "La sauvegarde contient un élément inattendu",
  archive_bomb: "La sauvegarde a un contenu démesuré",
  not_a_bcdi_base: "Ce fichier ne contient pas une base BCDI",
  duplicate_base: "Cette base est déposée deux fois",
} as const satisfies Record<BaseProblemCode, string>;

/** What the school reads of a file that failed its checks. */
export function rejectionProblem(
  file: Pick<BaseFile, "fileName">,
  { code, detail }: ArchiveRejected,
): IncidentProblem {
  return {
    code,
    title: TITLES[code],
    detail: `${file.fileName}\u202f: ${detail}`,
    action: "replace_file",
    // The same bytes would arrive the same way, except where they were changed on the way.
    retryable: code === "sha256_mismatch",
    reference: createReference(),
  };
}

/** The problem of the deposit as a whole: the only one, or all of them in one. */
export function depositProblem(problems: readonly IncidentProblem[]): IncidentProblem | null {
  const [first, ...others] = problems;
  if (!first || others.length === 0) return first ?? null;
  return {
    ...first,
    title: `${problems.length}\u00a0fichiers sont à remplacer`,
    detail: problems.map((problem) => problem.detail).join(" "),
  };
}

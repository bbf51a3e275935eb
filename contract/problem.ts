import { z } from "zod";

/** Media type of RFC 9457 problem documents. */
export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** Codes of refused requests (`code` of the problem document). Stable: programs tell cases apart by them. */
export const REQUEST_PROBLEM_CODES = [
  "unauthorized",
  "not_found",
  "invalid_request",
  "already_exists",
  "state_conflict",
  "deposit_incomplete",
  "main_base_missing",
  "method_not_allowed",
  "unsupported_media_type",
  "body_too_large",
  "file_too_large",
  "too_many_files",
  "offset_conflict",
  "request_timeout",
  "upload_locked",
  "insufficient_storage",
  "too_many_requests",
  "precondition_failed",
  "gone",
  "not_ready",
  "internal_error",
] as const;

export type RequestProblemCode = (typeof REQUEST_PROBLEM_CODES)[number];

/** Codes of a base file that failed its checks (`bases[].problem.code`). */
export const BASE_PROBLEM_CODES = [
  "not_an_archive",
  "truncated",
  "encrypted",
  "crc_mismatch",
  "sha256_mismatch",
  "unsafe_entry",
  "archive_bomb",
  "not_a_bcdi_base",
  "duplicate_base",
] as const;

export type BaseProblemCode = (typeof BASE_PROBLEM_CODES)[number];

export const FieldErrorSchema = z.object({ field: z.string(), detail: z.string() });
export type FieldError = z.infer<typeof FieldErrorSchema>;

/** An RFC 9457 problem document. `detail` is French and fit to show; `code` is what programs read. */
export const ProblemDocumentSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(FieldErrorSchema).optional(),
  retryable: z.boolean(),
  reference: z.string(),
});
export type ProblemDocument = z.infer<typeof ProblemDocumentSchema>;

/** What a school should do about an incident. */
export const PROBLEM_ACTIONS = ["replace_file", "retry", "wait", "contact"] as const;

/** An incident as the view carries it, for the establishment (`problem`) or for one base (`bases[].problem`). */
export const IncidentProblemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  action: z.enum(PROBLEM_ACTIONS),
  retryable: z.boolean(),
  reference: z.string(),
});
export type IncidentProblem = z.infer<typeof IncidentProblemSchema>;

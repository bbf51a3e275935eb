import { z } from "zod";
import { BASE_PROBLEM_CODES } from "#contract/problem.ts";

/** What the child answers, once. `failed` is an error of our own, with the code of its system call. */
export const CheckAnswerSchema = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("checked"),
    archive: z.object({
      sha256: z.string(),
      sizeBytes: z.number(),
      baseName: z.string(),
      files: z.array(z.object({ path: z.string(), sizeBytes: z.number(), crc32: z.number() })),
      filesBeside: z.number(),
    }),
  }),
  z.object({
    outcome: z.literal("rejected"),
    code: z.enum(BASE_PROBLEM_CODES),
    detail: z.string(),
    logDetail: z.string(),
  }),
  z.object({ outcome: z.literal("memory_exceeded") }),
  z.object({ outcome: z.literal("failed"), message: z.string(), code: z.string().nullable() }),
]);
export type CheckAnswer = z.infer<typeof CheckAnswerSchema>;

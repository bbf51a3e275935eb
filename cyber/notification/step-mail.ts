import { z } from "zod";
import { BASE_ROLES } from "#contract/deposit.ts";
import { IncidentProblemSchema } from "#contract/problem.ts";
import { StateSchema } from "#contract/states.ts";

export const STEP_MAIL_TEMPLATE = "cyber.step";

/** Everything that the e-mail of one step says; no key, no token, no download. */
export const StepMailSchema = z.object({
  rne: z.string(),
  name: z.string(),
  state: StateSchema,
  previousState: StateSchema.nullable(),
  at: z.iso.datetime(),
  learntAt: z.iso.datetime(),
  url: z.url(),
  estimate: z.object({ estimatedAt: z.iso.datetime(), latestAt: z.iso.datetime() }).nullable(),
  bases: z.array(
    z.object({
      fileName: z.string(),
      role: z.enum(BASE_ROLES),
      sizeBytes: z.number(),
      problem: IncidentProblemSchema.nullable(),
    }),
  ),
  problem: IncidentProblemSchema.nullable(),
  downloadsExpireAt: z.iso.datetime().nullable(),
});
export type StepMail = z.infer<typeof StepMailSchema>;

import { z } from "zod";
import { CreateEstablishmentSchema } from "#contract/establishment.ts";

const EMAIL = z.email({ error: "Cette adresse e-mail n’est pas valable." }).max(254);

/** E-mail addresses as one types them: separated by commas, semicolons, spaces or lines. */
export const ContactsSchema = z
  .string({ error: "Indiquez au moins une adresse e-mail." })
  .transform((text) => [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ])
  .superRefine((emails, context) => {
    const wrong = emails.filter((email) => !EMAIL.safeParse(email).success);
    if (emails.length === 0) {
      context.addIssue({ code: "custom", message: "Indiquez au moins une adresse e-mail." });
    }
    if (emails.length > 20) {
      context.addIssue({ code: "custom", message: "Indiquez au plus 20\u00a0adresses e-mail." });
    }
    if (wrong.length > 0) {
      const message = `${wrong.length === 1 ? "Cette adresse n’est pas valable" : "Ces adresses ne sont pas valables"}\u202f: ${wrong.join(", ")}.`;
      context.addIssue({ code: "custom", message });
    }
  });

export const NewSubscriptionSchema = CreateEstablishmentSchema.extend({
  name: z
    .string({ error: "Le nom de l’établissement est attendu." })
    .trim()
    .min(1, { error: "Le nom de l’établissement est attendu." })
    .max(150, { error: "Le nom compte au plus 150\u00a0caractères." }),
  contacts: ContactsSchema,
});
export type NewSubscription = z.infer<typeof NewSubscriptionSchema>;

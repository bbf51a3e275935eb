"use server";

import { z } from "zod";
import { accountsProcess } from "#accounts/context.ts";
import { requestSignIn } from "#accounts/sign-in/request-sign-in.ts";
import type { FormState } from "#components/ui/form-state.ts";

/** An address that is known takes as long to answer as one that is not. */
const ANSWER_MS = 400;

const EmailSchema = z
  .email()
  .max(254)
  .or(z.string().regex(/^[^@\s]+@localhost$/));

/** Answers the same whether the address is known or not. */
export async function askSignIn(_state: FormState, form: FormData): Promise<FormState> {
  const email = String(form.get("email") ?? "").trim();
  const values = { email };
  if (!EmailSchema.safeParse(email).success) {
    return {
      status: "refused",
      message: null,
      fieldErrors: { email: "Saisissez une adresse e-mail complète, par exemple cdi@college.fr." },
      values,
    };
  }
  const pause = new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  await Promise.all([requestSignIn(accountsProcess.get(), email), pause]);
  return {
    status: "done",
    message: `Si l’adresse ${email} est connue, un message vient de lui être envoyé. Suivez son lien, ou saisissez ici son code à six chiffres. Il arrive en général en moins d’une minute\u202f; pensez aux courriers indésirables.`,
    fieldErrors: {},
    values,
  };
}

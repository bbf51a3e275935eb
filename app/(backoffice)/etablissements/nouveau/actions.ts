"use server";

import { redirect } from "next/navigation";
import { requireStaff } from "#accounts/guards.ts";
import { textValuesOf, toFormState } from "#app/(backoffice)/etablissements/form-state.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { cyberProcess } from "#cyber/context.ts";
import { createSubscription } from "#cyber/establishment/create-subscription.ts";

export async function createSubscriptionAction(_state: FormState, form: FormData): Promise<FormState> {
  const { email } = await requireStaff();
  const { rne, name, griffe, code, version, contacts } = textValuesOf(form);
  const result = await createSubscription(cyberProcess.get(), {
    actor: email,
    fields: { rne, name, griffe, code, version, contacts },
  });
  if (result.ok) redirect(`/etablissements/${result.rne}`);
  return toFormState(result, form);
}

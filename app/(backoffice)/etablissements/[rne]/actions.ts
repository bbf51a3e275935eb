"use server";

import { revalidatePath } from "next/cache";
import { requireAccessTo, requireStaff } from "#accounts/guards.ts";
import { textValuesOf, toFormState } from "#app/(backoffice)/etablissements/form-state.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { type CyberContext, cyberProcess } from "#cyber/context.ts";
import { cancelDeletion } from "#cyber/establishment/cancel-deletion.ts";
import { changeContacts } from "#cyber/establishment/change-contacts.ts";
import { changeEstablishment } from "#cyber/establishment/change-establishment.ts";
import { createUploadToken } from "#cyber/establishment/create-upload-token.ts";
import { requestDeletion } from "#cyber/establishment/request-deletion.ts";
import { retryStep } from "#cyber/establishment/retry-step.ts";
import { synchronise } from "#cyber/establishment/synchronise.ts";
import type { VerbResult } from "#cyber/establishment/verb-result.ts";

type Verb = (ctx: CyberContext, request: { rne: string; actor: string }) => Promise<VerbResult>;

async function act(rne: string, form: FormData, verb: Verb): Promise<FormState> {
  const { email } = await requireAccessTo(rne);
  const result = await verb(cyberProcess.get(), { rne, actor: email });
  revalidatePath(`/etablissements/${rne}`);
  return toFormState(result, form);
}

export async function changeAction(rne: string, _state: FormState, form: FormData): Promise<FormState> {
  const { griffe, code, version } = textValuesOf(form);
  return act(rne, form, (ctx, request) =>
    changeEstablishment(ctx, { ...request, changes: { griffe, code, version } }),
  );
}

export async function requestDeletionAction(
  rne: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const { confirmation = "" } = textValuesOf(form);
  if (confirmation.trim().toUpperCase() !== rne) {
    const message = "Le RNE saisi n’est pas celui de l’établissement\u202f: rien n’a été demandé.";
    return { status: "refused", message, fieldErrors: {}, values: {} };
  }
  return act(rne, form, requestDeletion);
}

export async function cancelDeletionAction(
  rne: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(rne, form, cancelDeletion);
}

export async function retryAction(rne: string, _state: FormState, form: FormData): Promise<FormState> {
  return act(rne, form, retryStep);
}

export async function openDepositAction(rne: string) {
  await requireAccessTo(rne);
  return createUploadToken(cyberProcess.get(), rne);
}

export async function synchroniseAction(rne: string): Promise<void> {
  await requireAccessTo(rne);
  await synchronise(cyberProcess.get(), rne, "page");
  revalidatePath(`/etablissements/${rne}`);
}

export async function changeContactsAction(
  rne: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const { email } = await requireStaff();
  const { contacts } = textValuesOf(form);
  const result = await changeContacts(cyberProcess.get(), { rne, actor: email, contacts });
  revalidatePath(`/etablissements/${rne}`);
  return toFormState(result, form);
}

"use server";

import { revalidatePath } from "next/cache";
import { requireOperator } from "#accounts/guards.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { type HostingContext, hostingProcess } from "#hosting/context.ts";
import type { OperatorResult } from "#hosting/operations/operator-result.ts";
import { overrideEstimate, removeEstimateOverride } from "#hosting/operations/override-estimate.ts";
import { resendAllEvents, resendEvent } from "#hosting/operations/resend-events.ts";
import { retryAllIncidents } from "#hosting/operations/retry-all.ts";
import { retryNow } from "#hosting/operations/retry-now.ts";
import { settleIncident } from "#hosting/operations/settle-incident.ts";
import { toFormState } from "./form-state.ts";

type Verb = (context: HostingContext, operator: string) => Promise<OperatorResult>;

async function act(form: FormData, verb: Verb): Promise<FormState> {
  const { email } = await requireOperator();
  const result = await verb(hostingProcess.get(), email);
  revalidatePath("/hebergeur", "layout");
  return toFormState(result, form);
}

export async function retryAction(
  rne: string,
  revision: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(form, (context, operator) => retryNow(context, { rne, revision, operator }));
}

export async function retryAllAction(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, (context, operator) => retryAllIncidents(context, { operator }));
}

export async function settleAction(reference: string, _state: FormState, form: FormData): Promise<FormState> {
  return act(form, (context, operator) => settleIncident(context, { reference, operator }));
}

export async function resendAction(eventId: string, _state: FormState, form: FormData): Promise<FormState> {
  return act(form, (context, operator) => resendEvent(context, { eventId, operator }));
}

export async function resendAllAction(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, (context, operator) => resendAllEvents(context, { operator }));
}

export async function overrideEstimateAction(
  rne: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const localTime = String(form.get("localTime") ?? "");
  return act(form, (context, operator) => overrideEstimate(context, { rne, localTime, operator }));
}

export async function removeOverrideAction(
  rne: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(form, (context, operator) => removeEstimateOverride(context, { rne, operator }));
}

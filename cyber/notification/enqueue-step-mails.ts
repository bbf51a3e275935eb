import type { EstablishmentView } from "#contract/establishment.ts";
import type { CyberContext } from "#cyber/context.ts";
import type { ReachedStep } from "#cyber/establishment/steps.ts";
import type { Transaction } from "#platform/database/client.ts";
import { enqueueMail } from "#platform/mail/outbox.ts";
import { STEP_MAIL_TEMPLATE, type StepMail } from "./step-mail.ts";

/** One e-mail per new step and contact, in the transaction that records the steps. */
export async function enqueueStepMails(
  ctx: CyberContext,
  transaction: Transaction,
  learnt: {
    subscription: { rne: string; name: string };
    view: EstablishmentView;
    steps: readonly ReachedStep[];
  },
): Promise<void> {
  const { subscription, view, steps } = learnt;
  const contacts = await transaction.contact.findMany({
    where: { rne: subscription.rne },
    orderBy: { email: "asc" },
  });
  for (const step of steps) {
    const props = toStepMail(ctx, subscription, view, step);
    for (const { email } of contacts) {
      await enqueueMail(transaction, ctx.queue, ctx.secretKey, {
        dedupeKey: `step:${subscription.rne}:${props.at}:${step.state}:${email}`,
        subjectKey: subscription.rne,
        template: STEP_MAIL_TEMPLATE,
        props,
        recipient: email,
      });
    }
  }
}

function toStepMail(
  ctx: CyberContext,
  subscription: { rne: string; name: string },
  view: EstablishmentView,
  step: ReachedStep,
): StepMail {
  const { rne, name } = subscription;
  const { estimatedAt, latestAt } = view.nextStep ?? {};
  return {
    rne,
    name,
    state: step.state,
    previousState: step.previousState,
    at: step.at.toISOString(),
    learntAt: ctx.clock.now().toISOString(),
    url: `${ctx.publicUrl}/etablissements/${rne}`,
    estimate: step.isCurrent && estimatedAt && latestAt ? { estimatedAt, latestAt } : null,
    bases: view.bases.map((base) => ({
      fileName: base.fileName,
      role: base.role,
      sizeBytes: base.size,
      problem: step.isCurrent ? base.problem : null,
    })),
    problem: step.isCurrent ? view.problem : null,
    downloadsExpireAt: view.downloads.map((download) => download.expiresAt).sort()[0] ?? null,
  };
}

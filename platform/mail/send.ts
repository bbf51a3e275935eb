import type { Clock } from "#platform/clock.ts";
import { unseal } from "#platform/crypto.ts";
import type { Database } from "#platform/database/client.ts";
import { failureText } from "#platform/failure.ts";
import { MAIL_PURPOSE } from "./outbox.ts";
import type { MailTransport } from "./transport.ts";

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** How a template becomes an e-mail. One that carries a secret leaves no text behind in the journal. */
export interface MailTemplate {
  readonly render: (props: unknown) => Promise<RenderedMail>;
  readonly isSecret: boolean;
}

export interface MailContext {
  readonly db: Pick<Database, "mail">;
  readonly clock: Clock;
  readonly secretKey: string;
  readonly transport: MailTransport;
  readonly templates: Record<string, MailTemplate>;
}

/** Sends one e-mail of the outbox and records its exact text; does nothing when it was sent before. */
export async function sendMail(context: MailContext, mailId: string): Promise<void> {
  const mail = await context.db.mail.findUnique({ where: { id: mailId } });
  if (!mail || mail.sentAt || mail.sealedProps === null) return;
  const template = context.templates[mail.template];
  if (!template) throw new Error(`no template named ${mail.template}`);
  try {
    const rendered = await template.render(
      JSON.parse(unseal(context.secretKey, MAIL_PURPOSE, mail.sealedProps)),
    );
    await context.transport.send({
      messageId: `<${mail.id}@hebergement-bcdi>`,
      to: mail.recipient,
      ...rendered,
    });
    await context.db.mail.update({
      where: { id: mail.id },
      data: {
        sentAt: context.clock.now(),
        attempts: { increment: 1 },
        lastError: null,
        sealedProps: null,
        subject: rendered.subject,
        ...(template.isSecret ? {} : { text: rendered.text, html: rendered.html }),
      },
    });
  } catch (failure) {
    const lastError = failureText(failure).slice(0, 2000);
    await context.db.mail.update({ where: { id: mail.id }, data: { attempts: { increment: 1 }, lastError } });
    throw failure;
  }
}

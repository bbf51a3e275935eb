import type { MailTemplate } from "#platform/mail/send.ts";
import { STEP_MAIL_TEMPLATE } from "./step-mail.ts";
import { stepMailTemplate } from "./step-mail-template.tsx";

/** For the worker, which alone renders e-mails. */
export const cyberMailTemplates: Record<string, MailTemplate> = { [STEP_MAIL_TEMPLATE]: stepMailTemplate };

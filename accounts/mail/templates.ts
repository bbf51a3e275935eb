import type { MailTemplate } from "#platform/mail/send.ts";
import { SIGN_IN_TEMPLATE } from "./sign-in-mail.ts";
import { signInMailTemplate } from "./sign-in-mail-template.tsx";

/** For the worker, which alone renders e-mails. */
export const accountsMailTemplates: Record<string, MailTemplate> = {
  [SIGN_IN_TEMPLATE]: signInMailTemplate,
};

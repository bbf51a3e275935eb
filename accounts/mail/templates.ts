import type { MailTemplate } from "#platform/mail/send.ts";
import { SIGN_IN_TEMPLATE } from "./sign-in-mail.ts";

/** For the worker, which alone renders e-mails, and starts faster without what renders them: the first e-mail loads it. */
export const accountsMailTemplates: Record<string, MailTemplate> = {
  [SIGN_IN_TEMPLATE]: {
    render: async (props) => (await import("./sign-in-mail-template.tsx")).renderSignInMail(props),
    isSecret: true,
  },
};

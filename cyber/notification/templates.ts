import type { MailTemplate } from "#platform/mail/send.ts";
import { STEP_MAIL_TEMPLATE } from "./step-mail.ts";

/** For the worker, which alone renders e-mails, and starts faster without what renders them: the first e-mail loads it. */
export const cyberMailTemplates: Record<string, MailTemplate> = {
  [STEP_MAIL_TEMPLATE]: {
    render: async (props) => (await import("./step-mail-template.tsx")).renderStepMail(props),
    isSecret: false,
  },
};

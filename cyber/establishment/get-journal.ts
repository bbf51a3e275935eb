import type { State } from "#contract/states.ts";
import type { CyberContext } from "#cyber/context.ts";
import { findState } from "./stored-state.ts";

const LONGEST = 100;

export interface Journal {
  readonly steps: readonly { readonly state: State | null; readonly at: Date; readonly learntAt: Date }[];
  readonly mails: readonly {
    readonly id: string;
    readonly recipient: string;
    readonly subject: string | null;
    readonly text: string | null;
    readonly createdAt: Date;
    readonly sentAt: Date | null;
    readonly attempts: number;
    readonly isFailing: boolean;
  }[];
  readonly audit: readonly {
    readonly id: string;
    readonly at: Date;
    readonly actor: string;
    readonly action: string;
    readonly detail: string | null;
  }[];
}

/** What happened to a school, latest first: for the staff. */
export async function getJournal(ctx: Pick<CyberContext, "db">, rne: string): Promise<Journal> {
  const [steps, mails, audit] = await Promise.all([
    ctx.db.step.findMany({ where: { rne }, orderBy: { at: "desc" }, take: LONGEST }),
    ctx.db.mail.findMany({ where: { subjectKey: rne }, orderBy: { createdAt: "desc" }, take: LONGEST }),
    ctx.db.auditEntry.findMany({ where: { rne }, orderBy: { id: "desc" }, take: LONGEST }),
  ]);
  return {
    steps: steps.map(({ state, at, learntAt }) => ({ state: findState(state), at, learntAt })),
    mails: mails.map((mail) => ({
      ...{ id: mail.id, recipient: mail.recipient, subject: mail.subject, text: mail.text },
      ...{ createdAt: mail.createdAt, sentAt: mail.sentAt, attempts: mail.attempts },
      isFailing: mail.sentAt === null && mail.lastError !== null,
    })),
    audit: audit.map(({ id, at, actor, action, detail }) => ({ id: String(id), at, actor, action, detail })),
  };
}

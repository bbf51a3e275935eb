import { randomUUID } from "node:crypto";
import { z } from "zod";
import { seal } from "#platform/crypto.ts";
import type { Transaction } from "#platform/database/client.ts";
import { defineJob } from "#platform/queue/job.ts";
import type { JobSender } from "#platform/queue/queue.ts";

export const MAIL_PURPOSE = "mail";

/** Sends one e-mail of the outbox; tried for about three days. */
export const sendMailJob = defineJob({
  name: "platform.send-mail",
  payload: z.object({ mailId: z.uuid() }),
  retryLimit: 60,
  retryDelaySeconds: 5,
  retryDelayMaxSeconds: 3600,
  concurrency: 4,
});

/** An e-mail to write: the worker renders `template` with `props` when it sends it. */
export interface NewMail {
  /** A second e-mail with the same key is not written. */
  readonly dedupeKey: string;
  /** What it is about, to find it again: an RNE, or "accounts". */
  readonly subjectKey: string;
  readonly template: string;
  readonly props: object;
  readonly recipient: string;
}

/** Puts an e-mail in the outbox within the caller's transaction. True when it is a new one. */
export async function enqueueMail(
  transaction: Transaction,
  queue: JobSender,
  secretKey: string,
  mail: NewMail,
): Promise<boolean> {
  const id = randomUUID();
  const { count } = await transaction.mail.createMany({
    data: [
      {
        id,
        dedupeKey: mail.dedupeKey,
        subjectKey: mail.subjectKey,
        template: mail.template,
        sealedProps: seal(secretKey, MAIL_PURPOSE, JSON.stringify(mail.props)),
        recipient: mail.recipient,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await queue.enqueue(transaction, sendMailJob, { mailId: id });
  return true;
}

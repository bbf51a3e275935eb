import type { CyberContext } from "#cyber/context.ts";
import type { ReadView } from "#cyber/hosting-client/port.ts";
import { enqueueStepMails } from "#cyber/notification/enqueue-step-mails.ts";
import type { Transaction } from "#platform/database/client.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { keepFirstPromise } from "./first-promise.ts";
import { keepGivenBack } from "./given-back.ts";
import { planNextRead } from "./next-read.ts";
import { scheduleRead } from "./schedule-read.ts";
import { LIST_RANKS, toSearchText } from "./search-text.ts";
import { listReachedSteps } from "./steps.ts";

/** Two reads further apart than a request's longest life cannot have overlapped: the later one is right. */
const READS_OVERLAP_MS = 20_000;

/**
 * Records a view with everything it causes, in the caller's transaction: the state, the steps learnt, one e-mail
 * per new step and contact, the next read. False when a newer read was there first, and nothing is written.
 */
export async function applyView(
  ctx: CyberContext,
  transaction: Transaction,
  read: ReadView & { readonly rne: string; readonly requestedAt: Date },
): Promise<boolean> {
  const { rne, view, requestedAt } = read;
  const since = new Date(view.since);
  const { count } = await transaction.subscription.updateMany({
    where: {
      rne,
      OR: [
        { since: null },
        { readAt: null },
        { since: { lt: since } },
        { since, readAt: { lte: requestedAt } },
        { readAt: { lt: new Date(requestedAt.getTime() - READS_OVERLAP_MS) } },
      ],
    },
    data: {
      ...{ view, etag: read.etag, state: view.state, since, readAt: requestedAt },
      ...{ griffe: view.griffe, code: view.code, version: view.version },
      listRank: LIST_RANKS[view.state],
      lastError: null,
      unavailableSince: null,
      ...(view.state === "BCDIALTER" ? {} : { pendingChange: Prisma.DbNull }),
    },
  });
  if (count === 0) return false;
  const subscription = await transaction.subscription.findUniqueOrThrow({
    where: { rne },
    select: { rne: true, name: true, griffe: true, nextReadAt: true, firstPromise: true, givenBack: true },
  });
  await transaction.subscription.update({
    where: { rne },
    data: {
      searchText: toSearchText(subscription),
      firstPromise: keepFirstPromise(subscription.firstPromise, view) ?? Prisma.DbNull,
      givenBack: keepGivenBack(subscription.givenBack, view) ?? Prisma.DbNull,
    },
  });
  const reached = listReachedSteps(view);
  const created = await transaction.step.createManyAndReturn({
    data: reached.map(({ state, at }) => ({ rne, state, at, learntAt: ctx.clock.now() })),
    skipDuplicates: true,
  });
  const isNew = new Set(created.map((step) => `${step.at.getTime()} ${step.state}`));
  const learnt = reached.filter((step) => isNew.has(`${step.at.getTime()} ${step.state}`));
  if (learnt.length > 0) await enqueueStepMails(ctx, transaction, { subscription, view, steps: learnt });
  const plannedAt = planNextRead(view, read.retryAfterSeconds, ctx.clock.now());
  await scheduleRead(ctx, transaction, subscription, plannedAt);
  return true;
}

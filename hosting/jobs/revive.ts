import type { HostingContext } from "#hosting/context.ts";
import { lockEstablishment } from "#hosting/deposit/lock-establishment.ts";
import { deliverAgain, listUntendedEvents } from "#hosting/events/deliver-again.ts";
import { failureText } from "#platform/failure.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { enqueueStep, findStepStanding, listLiveSteps, WORKING_STATES } from "./step-job.ts";

/** A state commits with its job: younger than this, a missing one is only not seen yet. */
export const SETTLED_MS = 2 * 60_000;

/**
 * The net below everything: a state in which hosting acts, or an event, without any live job would stay for ever. A
 * job ends that way when its tries are used up by a fault outside of the step, or when the queue itself was lost.
 */
export async function reviveHosting(context: HostingContext): Promise<void> {
  const findLive = await listLiveSteps(context);
  const before = new Date(context.clock.now().getTime() - SETTLED_MS);
  const acting = await context.db.establishment.findMany({
    where: { state: { in: [...WORKING_STATES] }, since: { lt: before } },
  });
  for (const establishment of acting) {
    if (findLive(establishment)) continue;
    await attempt(context, () => reviveStep(context, establishment));
  }
  for (const event of await listUntendedEvents(context, before)) {
    await attempt(context, () => deliverAgain(context, event.id));
  }
}

async function reviveStep(context: HostingContext, seen: Establishment): Promise<void> {
  await context.db.$transaction(async (transaction) => {
    const establishment = await lockEstablishment(transaction, seen);
    if (establishment.revision !== seen.revision) return;
    if ((await findStepStanding(transaction, establishment)) !== "absent") return;
    await enqueueStep(context, transaction, establishment);
    const { rne, cycle, state } = establishment;
    await transaction.provisioningEntry.create({
      data: {
        ...{ rne, cycle, operation: "revive", outcome: "done", at: context.clock.now() },
        output: "Aucune tâche n’était en file pour cette étape\u202f: remise en file automatique.",
      },
    });
    context.log.warn({ rne, state }, "a state without a job was put back into the queue");
  });
}

/** One that cannot be revived does not keep the others. */
async function attempt(context: HostingContext, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (failure) {
    context.log.error({ failure: failureText(failure) }, "revive: one was left");
  }
}

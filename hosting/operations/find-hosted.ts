import type { EstablishmentView } from "#contract/establishment.ts";
import type { HostingContext } from "#hosting/context.ts";
import { buildView } from "#hosting/establishment/view.ts";
import { listLiveSteps } from "#hosting/jobs/step-job.ts";
import type { Event, History, Incident } from "#prisma/generated/client.ts";
import { type JournalPage, listJournal } from "./list-journal.ts";
import { type Remedies, remediesOf } from "./remedies.ts";

const SHOWN = 50;

/** All that the host knows of one establishment. Its key is derived when it is asked for, and is in none of this. */
export interface HostedEstablishment {
  readonly view: EstablishmentView;
  readonly revision: string;
  readonly cycle: number;
  readonly estimateOverrideAt: Date | null;
  readonly removalDueAt: Date | null;
  readonly remedies: Remedies;
  readonly journal: JournalPage;
  /** Each newest first, the latest fifty. */
  readonly history: readonly History[];
  readonly incidents: readonly Incident[];
  readonly events: readonly Event[];
}

/** With the latest entries of its journal, or those before one of them. */
export async function findHosted(
  context: HostingContext,
  { rne, journalBefore = null }: { rne: string; journalBefore?: bigint | null },
): Promise<HostedEstablishment | null> {
  const findLive = await listLiveSteps(context);
  const establishment = await context.db.establishment.findUnique({ where: { rne } });
  if (!establishment) return null;
  const where = { rne };
  const [view, history, incidents, journal, events] = await Promise.all([
    buildView(context, establishment),
    context.db.history.findMany({ where, orderBy: { revision: "desc" }, take: SHOWN }),
    context.db.incident.findMany({ where, orderBy: { openedAt: "desc" }, take: SHOWN }),
    listJournal(context, { rne, before: journalBefore }),
    context.db.event.findMany({ where, orderBy: { createdAt: "desc" }, take: SHOWN }),
  ]);
  const { cycle, estimateOverrideAt, removalDueAt } = establishment;
  return {
    ...{ view, history, incidents, journal, events, cycle, estimateOverrideAt, removalDueAt },
    revision: String(establishment.revision),
    remedies: remediesOf(establishment, findLive(establishment), context.clock.now()),
  };
}

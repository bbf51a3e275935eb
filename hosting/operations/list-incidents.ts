import type { State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import type { listLiveSteps } from "#hosting/jobs/step-job.ts";
import type { Incident } from "#prisma/generated/client.ts";
import { findLastOutputs, type LastOutput } from "./last-outputs.ts";
import { type Remedies, remediesOf } from "./remedies.ts";

/** The operation that failed is written just before its incident. */
const BEFORE_MS = 60_000;
const SHOWN = 50;
const RECENT_MS = 24 * 60 * 60 * 1000;
const SHOWN_RESOLVED = 5;

export type FindLive = Awaited<ReturnType<typeof listLiveSteps>>;

export interface OpenIncident extends Remedies, Pick<Incident, "reference" | "kind" | "detail" | "openedAt"> {
  readonly rne: string;
  readonly griffe: string;
  readonly state: State;
  readonly revision: string;
  readonly output: LastOutput | null;
}

export interface Incidents {
  readonly total: number;
  /** Oldest first. */
  readonly open: readonly OpenIncident[];
  readonly resolved: readonly { reference: string; rne: string; kind: string; resolvedAt: Date | null }[];
}

/** What is open, with what the provisioner said and what can be done; and what was resolved in the last day. */
export async function listIncidents(context: HostingContext, findLive: FindLive): Promise<Incidents> {
  const now = context.clock.now();
  const [total, incidents, resolved] = await Promise.all([
    context.db.incident.count({ where: { resolvedAt: null } }),
    context.db.incident.findMany({
      where: { resolvedAt: null },
      orderBy: { openedAt: "asc" },
      take: SHOWN,
      include: { establishment: true },
    }),
    context.db.incident.findMany({
      where: { resolvedAt: { gte: new Date(now.getTime() - RECENT_MS) } },
      orderBy: { resolvedAt: "desc" },
      take: SHOWN_RESOLVED,
      select: { reference: true, rne: true, kind: true, resolvedAt: true },
    }),
  ]);
  const findOutput = await findLastOutputs(
    context,
    incidents.map(({ rne }) => rne),
  );
  const open = incidents.map(({ establishment, reference, kind, detail, openedAt }) => ({
    ...{ reference, kind, detail, openedAt, rne: establishment.rne, griffe: establishment.griffe },
    state: stateOf(establishment),
    revision: String(establishment.revision),
    output: findOutput(establishment.rne, new Date(openedAt.getTime() - BEFORE_MS)),
    ...remediesOf(establishment, findLive(establishment), now),
  }));
  return { total, open, resolved };
}

import { type IncidentText, openIncident } from "#hosting/incident/open-incident.ts";
import { NOTHING } from "#hosting/json.ts";
import { tryWithAdvisoryLock } from "#platform/database/advisory-lock.ts";
import { failureText } from "#platform/failure.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { operate, targetOf } from "./journal.ts";
import { stepLock } from "./run-step.ts";
import type { StepContext } from "./step-context.ts";

const AT_ONCE = 4;
const FAILURES_BEFORE_INCIDENT = 3;
/** With an incident open a person looks: further tries need not be as dense. */
const DELAY_IN_INCIDENT_MS = 15 * 60_000;

const DOWN: IncidentText = {
  code: "server_down",
  title: "Votre serveur est momentanément arrêté",
  detail:
    "Vos bases sont intactes. Le serveur n’a pas pu être relancé automatiquement\u202f: nous nous en occupons, vous n’avez rien à faire.",
  action: "wait",
  retryable: true,
};

/** Opens again the servers that schools rely on and that no longer answer: after a crash, or the machine's restart. */
export async function keepServers(context: StepContext): Promise<void> {
  if (!context.provisioner.isOpen) return;
  const opened = await context.db.establishment.findMany({
    where: { OR: [{ state: "BCDIREADY" }, { state: "BCDIALTER", alterFrom: "BCDIREADY" }] },
    select: { rne: true },
    orderBy: { rne: "asc" },
  });
  const keepNext = async (): Promise<void> => {
    for (let next = opened.shift(); next; next = opened.shift()) await keepServer(context, next.rne);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, keepNext));
}

async function keepServer(context: StepContext, rne: string): Promise<void> {
  try {
    const seen = await context.db.establishment.findUniqueOrThrow({ where: { rne } });
    if (await isWell(context, seen)) return;
    await tryWithAdvisoryLock(context.connectionString, stepLock({ rne }), async () => {
      const establishment = await context.db.establishment.findUniqueOrThrow({ where: { rne } });
      // A step may have changed the state, or restarted the server, in between.
      if (establishment.revision !== seen.revision || (await isWell(context, establishment))) return;
      if (await isResting(context, establishment)) return;
      await openAgain(context, establishment);
    });
  } catch (failure) {
    // One that cannot be looked after does not keep the others.
    context.log.error({ rne, failure: failureText(failure) }, "server not kept");
  }
}

/** Answers, and nobody is still told that it does not. */
async function isWell(context: StepContext, establishment: Establishment): Promise<boolean> {
  // Where not even that can be said, opening it will tell why.
  if (!(await context.provisioner.isOpen?.(targetOf(establishment)).catch(() => false))) return false;
  await recover(context, establishment);
  return true;
}

async function isResting(context: StepContext, { rne, cycle }: Establishment): Promise<boolean> {
  const incident = await context.db.incident.findFirst({
    where: { rne, kind: DOWN.code, resolvedAt: null },
  });
  if (!incident) return false;
  // What an operator has done since is answered by a try.
  const last = await context.db.provisioningEntry.findFirst({
    where: { rne, cycle, operation: { in: ["open", "operator"] } },
    orderBy: { id: "desc" },
  });
  const isRecent = last && context.clock.now().getTime() - last.at.getTime() < DELAY_IN_INCIDENT_MS;
  return last?.operation === "open" && isRecent === true;
}

async function openAgain(context: StepContext, establishment: Establishment): Promise<void> {
  const target = targetOf(establishment);
  const { rne, cycle } = target;
  try {
    await operate(context, target, "open", (report) => context.provisioner.open(target, report));
    await recover(context, establishment);
  } catch (failure) {
    const latest = await context.db.provisioningEntry.findMany({
      where: { rne, cycle, operation: "open" },
      orderBy: { id: "desc" },
      take: FAILURES_BEFORE_INCIDENT,
    });
    const failures = latest.findIndex(({ outcome }) => outcome === "done");
    if (failures !== -1 || latest.length < FAILURES_BEFORE_INCIDENT) return;
    await context.db.$transaction(async (transaction) => {
      const problem = await openIncident(context, transaction, { rne, failure, text: DOWN });
      const { revision } = establishment;
      await transaction.establishment.updateMany({ where: { rne, revision }, data: { problem } });
    });
  }
}

async function recover(context: StepContext, { rne, revision }: Establishment): Promise<void> {
  const open = { rne, kind: DOWN.code, resolvedAt: null };
  if (!(await context.db.incident.findFirst({ where: open }))) return;
  await context.db.$transaction(async (transaction) => {
    await transaction.incident.updateMany({ where: open, data: { resolvedAt: context.clock.now() } });
    await transaction.establishment.updateMany({
      where: { rne, revision, problem: { path: ["code"], equals: DOWN.code } },
      data: { problem: NOTHING },
    });
  });
}

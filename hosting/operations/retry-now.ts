import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { lockEstablishment } from "#hosting/deposit/lock-establishment.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import { retryStep } from "#hosting/establishment/retry.ts";
import { enqueueStep, findStepStanding, hurryStep, WORKING_STATES } from "#hosting/jobs/step-job.ts";
import { Refusal } from "#hosting/refusal.ts";
import { formatInstant } from "#platform/french/instants.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { noteAction } from "./note-action.ts";
import { done, type OperatorResult, refuse, UNKNOWN } from "./operator-result.ts";
import { isInGrace, isServerDown } from "./remedies.ts";

const MOVED_ON = done("L’état de cet établissement vient de changer\u202f: rien n’a été relancé de plus.");
const STARTED = done("Relance demandée\u202f: elle commence dans quelques secondes.");
const BUSY = done("Un essai est déjà en cours\u202f: rien n’a été ajouté.");

interface Request {
  readonly rne: string;
  /** The change that the operator saw: a second press, or a page left open, then does nothing. */
  readonly revision: string;
  readonly operator: string;
}

/** Has the step at which an establishment stands done now: the failed one once more, the waiting one without waiting. */
export async function retryNow(context: HostingContext, request: Request): Promise<OperatorResult> {
  const establishment = await context.db.establishment.findUnique({ where: { rne: request.rne } });
  if (!establishment) return UNKNOWN;
  if (String(establishment.revision) !== request.revision) return MOVED_ON;
  if (WORKING_STATES.includes(stateOf(establishment))) return hurry(context, establishment, request.operator);
  if (isServerDown(establishment)) return reopen(context, establishment, request.operator);
  try {
    await retryStep(context, { establishment, author: { kind: "operator", name: request.operator } });
    return STARTED;
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return refuse(failure.detail ?? "Cette étape ne peut pas être relancée.");
  }
}

/** The job that keeps the servers rests after a failure; what an operator writes ends its rest. */
async function reopen(
  context: HostingContext,
  establishment: Establishment,
  operator: string,
): Promise<OperatorResult> {
  const { rne, cycle } = establishment;
  const last = await context.db.provisioningEntry.findFirst({
    where: { rne, cycle },
    orderBy: { id: "desc" },
  });
  if (last?.operation !== "operator") {
    const text = "a demandé de rouvrir le serveur sans attendre.";
    await noteAction(context, context.db, establishment, { operator, text });
  }
  return done("Le serveur sera rouvert dans la minute.");
}

async function hurry(
  context: HostingContext,
  seen: Establishment,
  operator: string,
): Promise<OperatorResult> {
  const now = context.clock.now();
  if (isInGrace(seen, now) && seen.removalDueAt) {
    return refuse(
      `La suppression peut encore être annulée par l’établissement\u202f: elle commencera le ${formatInstant(seen.removalDueAt)}.`,
    );
  }
  return context.db.$transaction(async (transaction) => {
    const establishment = await lockEstablishment(transaction, seen);
    if (establishment.revision !== seen.revision) return MOVED_ON;
    return startNow(context, transaction, establishment, operator);
  });
}

async function startNow(
  context: HostingContext,
  transaction: HostingTransaction,
  establishment: Establishment,
  operator: string,
): Promise<OperatorResult> {
  const standing = await findStepStanding(transaction, establishment);
  if (standing === "running" || standing === "waiting") return BUSY;
  if (standing === "planned") await hurryStep(transaction, establishment);
  else await enqueueStep(context, transaction, establishment);
  const text =
    standing === "planned"
      ? "a relancé l’étape sans attendre."
      : "a remis en file une étape restée sans tâche.";
  await noteAction(context, transaction, establishment, { operator, text });
  return STARTED;
}

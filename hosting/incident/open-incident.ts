import type { IncidentProblem } from "#contract/problem.ts";
import { createReference } from "#hosting/api/problems.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { failureText } from "#platform/failure.ts";

export type IncidentText = Omit<IncidentProblem, "reference">;

/** Opens an incident for the operator, or finds the one already open; returns what the school reads of it. */
export async function openIncident(
  context: HostingContext,
  transaction: Pick<HostingTransaction, "incident">,
  { rne, failure, text }: { rne: string; failure: unknown; text: IncidentText },
): Promise<IncidentProblem> {
  const open = await transaction.incident.findFirst({ where: { rne, kind: text.code, resolvedAt: null } });
  const detail = failureText(failure).slice(0, 20_000);
  const reference = open?.reference ?? createReference();
  if (open) await transaction.incident.update({ where: { reference }, data: { detail } });
  else
    await transaction.incident.create({
      data: { reference, rne, kind: text.code, detail, openedAt: context.clock.now() },
    });
  return { ...text, reference };
}

/** Closes what was open of an establishment, of these kinds: the step that failed has succeeded. All kinds by default. */
export async function resolveIncidents(
  context: HostingContext,
  transaction: Pick<HostingTransaction, "incident">,
  rne: string,
  kinds?: readonly string[],
): Promise<void> {
  await transaction.incident.updateMany({
    where: { rne, resolvedAt: null, ...(kinds ? { kind: { in: [...kinds] } } : {}) },
    data: { resolvedAt: context.clock.now() },
  });
}

import type { HostingContext } from "#hosting/context.ts";
import { listLiveSteps } from "#hosting/jobs/step-job.ts";
import { done, type OperatorResult, refuse } from "./operator-result.ts";
import { remediesOf } from "./remedies.ts";
import { retryNow } from "./retry-now.ts";

const ONE_PRESS = 200;

/** After a fault that touched many at once: everything with an open incident that can be retried, oldest first. */
export async function retryAllIncidents(
  context: HostingContext,
  { operator }: { operator: string },
): Promise<OperatorResult> {
  const findLive = await listLiveSteps(context);
  const incidents = await context.db.incident.findMany({
    where: { resolvedAt: null },
    orderBy: { openedAt: "asc" },
    take: ONE_PRESS,
    distinct: ["rne"],
    include: { establishment: true },
  });
  const now = context.clock.now();
  let [begun, refused] = [0, 0];
  for (const { establishment } of incidents) {
    if (!remediesOf(establishment, findLive(establishment), now).canRetry) continue;
    const { rne, revision } = establishment;
    const { ok } = await retryNow(context, { rne, revision: String(revision), operator });
    if (ok) begun += 1;
    else refused += 1;
  }
  if (begun + refused === 0) return done("Il n’y a rien à relancer.");
  const said = begun === 1 ? "Une étape est relancée." : `${begun} étapes sont relancées.`;
  if (refused === 0) return done(said);
  const left =
    refused === 1
      ? "Une étape n’a pas pu l’être\u202f: voyez pourquoi."
      : `${refused} étapes n’ont pas pu l’être\u202f: voyez-les une à une.`;
  return refuse(begun === 0 ? left : `${said} ${left}`);
}

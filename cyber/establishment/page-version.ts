import type { SubscriptionDetails } from "./find-subscription.ts";

/** Changes whenever the school's page has something else to say: what an open page compares. */
export function pageVersionOf(subscription: SubscriptionDetails, now: Date): string {
  const { view, unavailableSince, lastError } = subscription;
  const next = view?.nextStep;
  return [
    ...[view?.state, view?.since, view?.problem?.reference, next?.estimatedAt, next?.latestAt],
    next && Date.parse(next.estimatedAt) <= now.getTime(),
    next && Date.parse(next.latestAt) <= now.getTime(),
    subscription.isLate,
    unavailableSince !== null,
    lastError !== null && unavailableSince === null,
    view?.bases.map((base) => `${base.id}${base.status}${base.problem?.code ?? ""}`).join(","),
    view?.downloads.length,
  ].join("|");
}

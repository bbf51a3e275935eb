import { NextResponse } from "next/server";
import { findSignedIn } from "#accounts/guards.ts";
import { canAccess } from "#accounts/identity.ts";
import { cyberProcess } from "#cyber/context.ts";
import { findSubscription } from "#cyber/establishment/find-subscription.ts";
import { pageVersionOf } from "#cyber/establishment/page-version.ts";
import { refreshIfStale } from "#cyber/establishment/refresh-if-stale.ts";

const NO_STORE = { "cache-control": "private, no-store" };

/** What an open page asks every few seconds: whether it has something new to say. */
export async function GET(_request: Request, context: { params: Promise<{ rne: string }> }) {
  const { rne } = await context.params;
  const identity = await findSignedIn();
  if (!identity) return new NextResponse(null, { status: 401, headers: NO_STORE });
  if (!canAccess(identity, rne)) return new NextResponse(null, { status: 404, headers: NO_STORE });
  const ctx = cyberProcess.get();
  await refreshIfStale(ctx, rne);
  const subscription = await findSubscription(ctx, rne);
  if (!subscription) return new NextResponse(null, { status: 404, headers: NO_STORE });
  const { view } = subscription;
  return NextResponse.json(
    {
      state: view?.state ?? null,
      since: view?.since ?? null,
      version: pageVersionOf(subscription, ctx.clock.now()),
    },
    { headers: NO_STORE },
  );
}

import { z } from "zod";
import type { EstablishmentView } from "#contract/establishment.ts";

const FirstPromiseSchema = z.object({ since: z.iso.datetime(), latestAt: z.iso.datetime() });
type FirstPromise = z.infer<typeof FirstPromiseSchema>;

/** The latest time that was first announced for this step: the host announces anew once it is late. */
export function keepFirstPromise(stored: unknown, view: EstablishmentView): FirstPromise | null {
  const kept = FirstPromiseSchema.safeParse(stored);
  if (kept.success && kept.data.since === view.since) return kept.data;
  return view.nextStep ? { since: view.since, latestAt: view.nextStep.latestAt } : null;
}

export function isPastFirstPromise(stored: unknown, view: EstablishmentView, now: Date): boolean {
  const kept = FirstPromiseSchema.safeParse(stored);
  if (!kept.success || kept.data.since !== view.since || !view.nextStep) return false;
  return Date.parse(kept.data.latestAt) < now.getTime();
}

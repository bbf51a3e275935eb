import { type State, StateSchema } from "#contract/states.ts";

/** The state as it was stored; null before the first read. */
export function findState(stored: string | null): State | null {
  const parsed = StateSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

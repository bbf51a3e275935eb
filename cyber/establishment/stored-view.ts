import { type EstablishmentView, EstablishmentViewSchema } from "#contract/establishment.ts";

/** The view kept from the last read; null before the first one. */
export function parseStoredView(stored: unknown): EstablishmentView | null {
  const parsed = EstablishmentViewSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

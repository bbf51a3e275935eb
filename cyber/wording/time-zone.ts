import { PARIS } from "#platform/french/instants.ts";

const OVERSEAS_ZONES: Record<string, string> = {
  "971": "America/Guadeloupe",
  "972": "America/Martinique",
  "973": "America/Cayenne",
  "974": "Indian/Reunion",
  "975": "America/Miquelon",
  "976": "Indian/Mayotte",
  "986": "Pacific/Wallis",
  "987": "Pacific/Tahiti",
  "988": "Pacific/Noumea",
};

/** The school's own time zone: an RNE begins with its department. */
export function timeZoneOf(rne: string): string {
  return OVERSEAS_ZONES[rne.slice(0, 3)] ?? PARIS;
}

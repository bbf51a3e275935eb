import type { EstablishmentView } from "#contract/establishment.ts";
import { describeEstimate, type EstimateText } from "#platform/french/estimates.ts";
import { formatInstant, formatRelativeInstant } from "#platform/french/instants.ts";
import { formatSize } from "#platform/french/sizes.ts";
import { timeZoneOf } from "./time-zone.ts";

export interface SchoolWording {
  readonly instant: (iso: string) => string;
  readonly relative: (iso: string) => string;
  readonly size: (sizeBytes: number) => string;
  readonly estimate: (nextStep: NonNullable<EstablishmentView["nextStep"]>) => EstimateText;
}

/** How a school's instants, sizes and estimates are said: in its own time zone, as of now. */
export function createWording(rne: string, options: { now: Date; isLate: boolean }): SchoolWording {
  const zone = timeZoneOf(rne);
  const { now, isLate } = options;
  return {
    instant: (iso) => formatInstant(new Date(iso), zone),
    relative: (iso) => formatRelativeInstant(new Date(iso), now, zone),
    size: formatSize,
    estimate: ({ estimatedAt, latestAt }) =>
      describeEstimate(
        { estimatedAt: new Date(estimatedAt), latestAt: new Date(latestAt) },
        { now, zone, isLate },
      ),
  };
}
